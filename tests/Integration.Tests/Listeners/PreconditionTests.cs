using System.Net;
using Grpc.Core;
using GrpcDcr.TestKit.Service;
using GrpcDcr.V1;

namespace GrpcDcr.Integration.Tests.Listeners;

/// <summary>A client that says which version of its registration it means changes no other (RFC 9110 sections 13.1.1 and 13.1.2).</summary>
public sealed class PreconditionTests(OpenServer shared) : IClassFixture<OpenServer>
{
    private const string Update = "\"redirect_uris\":[\"https://client.example/cb\"],\"client_name\":\"changed\"";

    private readonly RunningServer _server = shared.Server;

    [Theory]
    [InlineData("If-Match: \"bogus\"")]
    [InlineData("If-Match: W/TAG")]
    [InlineData("If-None-Match: *")]
    [InlineData("If-None-Match: TAG")]
    [InlineData("If-None-Match: W/TAG")]
    [InlineData("If-None-Match: \"a\", TAG")]
    public async Task That_does_not_hold_refuses_updates_and_deletions(string header)
    {
        var client = await OwnRecord.RegisterAsync(_server);
        var before = (await client.ReadAsync()).IsRecord();
        var sent = header.Replace("TAG", before.Headers.ETag!.Tag, StringComparison.Ordinal);

        (await client.UpdateAsync(Update, sent)).IsRefusal("invalid_request", HttpStatusCode.PreconditionFailed, sent);
        (await client.DeleteAsync(sent)).IsRefusal("invalid_request", HttpStatusCode.PreconditionFailed, sent);

        Assert.Equal(before.Body, (await client.ReadAsync()).Body);
    }

    [Theory]
    [InlineData("If-Match: TAG")]
    [InlineData("If-Match: \"a\", TAG")]
    [InlineData("If-Match: *")]
    [InlineData("If-None-Match: \"bogus\"")]
    public async Task That_holds_changes_nothing(string header)
    {
        var client = await OwnRecord.RegisterAsync(_server);

        (await client.UpdateAsync(Update, await WithTagAsync(client, header))).IsRecord();

        Assert.Equal(HttpStatusCode.NoContent, (await client.DeleteAsync(await WithTagAsync(client, header))).Status);
    }

    [Theory]
    [InlineData("If-Match: bogus")]
    [InlineData("If-None-Match: \"a\" and \"b\"")]
    public async Task That_cannot_be_read_is_refused(string header)
    {
        var client = await OwnRecord.RegisterAsync(_server);

        (await client.UpdateAsync(Update, header)).IsRefusal("invalid_request", HttpStatusCode.BadRequest, header);
        (await client.DeleteAsync(header)).IsRefusal("invalid_request", HttpStatusCode.BadRequest, header);

        (await client.ReadAsync()).IsRecord();
    }

    [Fact]
    public async Task Every_response_with_a_registration_has_its_version_and_administrators_change_it()
    {
        var registered = (await _server.RegisterAsync(Bodies.Smallest)).IsRegistration();
        var client = OwnRecord.Of(_server, registered.Json);
        var read = (await client.ReadAsync()).IsRecord();
        Assert.Equal(registered.Headers.ETag, read.Headers.ETag);
        var updated = (await client.UpdateAsync(Update)).IsRecord();
        Assert.NotEqual(read.Headers.ETag, updated.Headers.ETag);

        await _server.ActAsync(client.ClientId, "approve");

        (await client.UpdateAsync(Update, "If-Match: " + updated.Headers.ETag)).IsRefusal(
            "invalid_request", HttpStatusCode.PreconditionFailed, "approved since");
    }

    [Fact]
    public async Task A_read_of_a_known_version_is_304()
    {
        var client = await OwnRecord.RegisterAsync(_server);
        var tag = (await client.ReadAsync()).Headers.ETag!.Tag;

        var known = await client.ReadAsync("If-None-Match: " + tag);

        Assert.Equal((HttpStatusCode.NotModified, ""), (known.Status, known.Body));
        Assert.Equal(tag, known.Headers.ETag!.Tag);
        (await client.ReadAsync("If-None-Match: \"bogus\"")).IsRecord();
    }

    [Fact]
    public async Task Of_many_updates_of_one_version_one_happens()
    {
        var client = await OwnRecord.RegisterAsync(_server);
        var header = await WithTagAsync(client, "If-Match: TAG");

        var answers = await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => client.UpdateAsync(Update, header)));

        Assert.Single(answers, answer => answer.Status == HttpStatusCode.OK);
        Assert.All(
            answers.Where(answer => answer.Status != HttpStatusCode.OK),
            answer => answer.IsRefusal("invalid_request", HttpStatusCode.PreconditionFailed, answer.Body));
    }

    [Fact]
    public async Task Is_metadata_in_native_grpc()
    {
        var metadata = new ClientMetadata { RedirectUris = { "https://client.example/cb" } };
        using var registered = _server.Registration(token: null).RegisterClientAsync(new() { Metadata = metadata });
        var client = (await registered).ClientInformation;
        var own = _server.Registration(client.RegistrationAccessToken);
        var first = await EtagAsync(registered);
        using var read = own.ReadClientAsync(new() { ClientId = client.ClientId }, new Metadata { { "if-none-match", first } });
        Assert.Equal((first, client.ClientId), (await EtagAsync(read), (await read).ClientInformation.ClientId));
        var update = new UpdateClientRequest
        {
            ClientId = client.ClientId,
            Client = new() { ClientId = client.ClientId, Metadata = metadata },
        };

        using var updated = own.UpdateClientAsync(update, new Metadata { { "if-match", first } });
        var second = await EtagAsync(updated);
        Assert.NotEqual(first, second);
        await RefusesAsync(StatusCode.Aborted, own.UpdateClientAsync(update, new Metadata { { "if-match", first } }));
        await RefusesAsync(StatusCode.Aborted, own.UpdateClientAsync(update, new Metadata { { "if-none-match", second } }));
        await RefusesAsync(StatusCode.InvalidArgument, own.UpdateClientAsync(update, new Metadata { { "if-match", "bogus" } }));
        var deletion = new DeleteClientRequest { ClientId = client.ClientId };
        await RefusesAsync(StatusCode.Aborted, own.DeleteClientAsync(deletion, new Metadata { { "if-match", first } }));
        await own.DeleteClientAsync(deletion, new Metadata { { "if-match", second } });
    }

    private static async Task<string> EtagAsync<T>(AsyncUnaryCall<T> call) => (await call.ResponseHeadersAsync).GetValue("etag")!;

    private static async Task RefusesAsync<T>(StatusCode status, AsyncUnaryCall<T> call)
    {
        using (call)
        {
            Assert.Equal(status, (await Assert.ThrowsAsync<RpcException>(async () => await call)).StatusCode);
        }
    }

    private static async Task<string> WithTagAsync(OwnRecord client, string header) =>
        header.Replace("TAG", (await client.ReadAsync()).Headers.ETag!.Tag, StringComparison.Ordinal);
}
