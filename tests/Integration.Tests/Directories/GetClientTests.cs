using Grpc.Core;
using GrpcDcr.Directory.V1;
using GrpcDcr.TestKit.Service;
using GrpcDcr.V1;

namespace GrpcDcr.Integration.Tests.Directories;

/// <summary>Clients as authorization servers see them.</summary>
public sealed class GetClientTests(OpenServer shared) : IClassFixture<OpenServer>
{
    private const string Personal = "\"client_name\":\"Example\",\"client_name#de\":\"Beispiel\",\"contacts\":[\"alice@person.example\"]";

    private readonly RunningServer _server = shared.Server;

    [Fact]
    public async Task Keeps_to_itself_what_is_for_administrators()
    {
        var id = await _server.ClientInAsync(ClientState.Rejected, Bodies.With(Personal));

        var seen = (await _server.Directory().GetClientAsync(new() { ClientId = id, View = ClientView.Full })).Client;
        var administrated = await _server.ClientAsync(id);

        Assert.True(administrated.HasStateReason && administrated.HasSourceAddress);
        Assert.Equal((administrated.State, administrated.Revision, administrated.UpdateTime), (seen.State, seen.Revision, seen.UpdateTime));
        Assert.Equal(["alice@person.example"], administrated.Metadata.Contacts);
        var expected = administrated.Metadata.Clone();
        expected.Contacts.Clear();
        Assert.Equal(expected, seen.Metadata);
        Assert.DoesNotContain("because", seen.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(ClientView.Unspecified, false)]
    [InlineData(ClientView.Basic, false)]
    [InlineData(ClientView.Full, true)]
    public async Task Brings_other_languages_where_they_are_asked_for(ClientView view, bool localized)
    {
        var id = await _server.ClientInAsync(ClientState.Active, Bodies.With(Personal));

        var seen = (await _server.Directory().GetClientAsync(new() { ClientId = id, View = view })).Client;

        Assert.Equal("Example", seen.Metadata.ClientName);
        Assert.Equal(localized ? ["client_name#de"] : [], seen.Metadata.Localized.Keys);
    }

    [Fact]
    public async Task Refuses_a_view_that_is_none()
    {
        var id = await _server.ClientInAsync(ClientState.Active);

        var refusal = await Assert.ThrowsAsync<RpcException>(
            async () => await _server.Directory().GetClientAsync(new() { ClientId = id, View = (ClientView)77 }));

        Assert.Equal(StatusCode.InvalidArgument, refusal.StatusCode);
    }

    [Fact]
    public async Task Tells_users_what_an_administrator_has_for_them_and_no_more()
    {
        var id = await _server.ClientInAsync(ClientState.Active);

        var suspended = await _server.ActAsync(id, "suspend", """{"reason":"abuse of port 25","public_reason":"Ask the help desk."}""");
        var seen = (await _server.Directory().GetClientAsync(new() { ClientId = id })).Client;
        await _server.ActAsync(id, "reinstate");
        var after = (await _server.Directory().GetClientAsync(new() { ClientId = id })).Client;

        Assert.Equal(("abuse of port 25", "Ask the help desk."), (suspended.Text("state_reason"), suspended.Text("public_reason")));
        Assert.Equal((ClientState.Suspended, "Ask the help desk."), (seen.State, seen.PublicReason));
        Assert.Equal((ClientState.Active, false), (after.State, after.HasPublicReason));
        Assert.True(after.Revision > seen.Revision);
    }

    [Fact]
    public async Task An_update_that_changes_nothing_raises_no_revision()
    {
        const string Document = "\"redirect_uris\":[\"https://client.example/cb\"],\"token_endpoint_auth_method\":\"client_secret_basic\","
            + "\"client_name\":\"Example\",\"client_name#de\":\"Beispiel\",\"contacts\":[\"a@b.example\"]";
        var own = await OwnRecord.RegisterAsync(_server, $"{{{Document}}}");
        var before = await _server.ClientAsync(own.ClientId);

        var same = (await own.UpdateAsync(Document)).IsRecord();
        var after = await _server.ClientAsync(own.ClientId);
        (await own.With(same.TokenIn()).UpdateAsync(Document.Replace("Beispiel", "Anders", StringComparison.Ordinal))).IsRecord();
        var renamed = await _server.ClientAsync(own.ClientId);

        Assert.NotEqual(before.Etag, after.Etag);
        Assert.Equal((before.Revision, before.Revision + 1), (after.Revision, renamed.Revision));
    }

    [Theory]
    [InlineData("")]
    [InlineData("nonsense")]
    [InlineData("0190b6a4-0000-7000-8000-000000000000")]
    public async Task Knows_no_other_clients(string id)
    {
        var refusal = await Assert.ThrowsAsync<RpcException>(async () => await _server.Directory().GetClientAsync(new() { ClientId = id }));

        Assert.Equal((StatusCode.NotFound, "The client does not exist."), (refusal.StatusCode, refusal.Status.Detail));
    }
}
