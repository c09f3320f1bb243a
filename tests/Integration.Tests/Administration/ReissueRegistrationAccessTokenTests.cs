using System.Net;
using Google.Rpc;
using Grpc.Core;
using GrpcDcr.Admin.V1;
using GrpcDcr.Integration.Tests.Audit;
using GrpcDcr.TestKit.Service;
using GrpcDcr.V1;

namespace GrpcDcr.Integration.Tests.Administration;

/// <summary>An administrator ends a registration access token that leaked, and issues another one.</summary>
public sealed class ReissueRegistrationAccessTokenTests : IAsyncLifetime
{
    private const string Act = "reissueRegistrationAccessToken";

    private RunningServer? _running;

    private RunningServer Server => _running!;

    public async ValueTask InitializeAsync() =>
        _running = await RunningServer.StartAsync("Registration:RegistrationAccessTokenRotation=OnUpdate");

    public ValueTask DisposeAsync() => Server.DisposeAsync();

    [Theory]
    [InlineData(ClientState.Pending)]
    [InlineData(ClientState.Active)]
    [InlineData(ClientState.Suspended)]
    [InlineData(ClientState.Rejected)]
    public async Task Ends_the_old_token_at_once_in_every_state(ClientState state)
    {
        var client = await OwnRecord.RegisterAsync(Server);
        foreach (var act in new[] { "approve", "suspend", "reject" }.Where(act => LeadsTo(state, act)))
        {
            Assert.Equal(HttpStatusCode.OK, (await Server.ActAsync(client.ClientId, act)).Status);
        }

        var reissued = await Server.ActAsync(client.ClientId, Act);

        Assert.Equal(HttpStatusCode.OK, reissued.Status);
        Assert.True(reissued.Headers.CacheControl!.NoStore);
        Assert.EndsWith(client.Path, reissued.Text("registration_client_uri"), StringComparison.Ordinal);
        Assert.Equal(client.ClientId, reissued.Json.GetProperty("client").GetProperty("client_id").GetString());
        (await client.ReadAsync()).IsUnknownToken();
        (await client.DeleteAsync()).IsUnknownToken();
        var again = client.With(reissued.TokenIn());
        Assert.Equal(again.Token, (await again.ReadAsync()).IsRecord().TokenIn());
        Assert.Equal(state, (await Server.ClientAsync(client.ClientId)).State);
    }

    [Fact]
    public async Task Ends_the_previous_token_too()
    {
        var client = await OwnRecord.RegisterAsync(Server);
        var rotated = client.With((await client.UpdateAsync("\"redirect_uris\":[\"https://client.example/cb\"]")).IsRecord().TokenIn());
        Assert.NotEqual(client.Token, rotated.Token);

        var reissued = await Server.ActAsync(client.ClientId, Act);

        (await client.ReadAsync()).IsUnknownToken();
        (await rotated.ReadAsync()).IsUnknownToken();
        (await client.With(reissued.TokenIn()).ReadAsync()).IsRecord();
    }

    [Fact]
    public async Task Is_audited_with_actor_and_reason_and_without_the_token()
    {
        var client = await OwnRecord.RegisterAsync(Server);

        var reissued = await Server.ActAsync(client.ClientId, Act, """{"reason":"it leaked"}""");

        var recorded = Assert.Single(
            await Server.EventsAsync(new() { ClientId = client.ClientId, Type = AuditEventType.RegistrationAccessTokenReissued }));
        Assert.Equal(("admin", "it leaked", true), (recorded.Actor.Name, recorded.Reason, recorded.Succeeded));
        Assert.False(recorded.HasClientRevision);
        Assert.DoesNotContain(reissued.TokenIn(), recorded.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain(Server.Log.All, line => line.Contains(reissued.TokenIn(), StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_repeated_call_keeps_the_token_and_names_the_client()
    {
        var client = await OwnRecord.RegisterAsync(Server);
        var request = new ReissueRegistrationAccessTokenRequest { ClientId = client.ClientId, RequestId = $"{Guid.CreateVersion7()}" };
        var reissued = await Server.Administration().ReissueRegistrationAccessTokenAsync(request);

        var refused = await Assert.ThrowsAsync<RpcException>(async () =>
            await Server.Administration().ReissueRegistrationAccessTokenAsync(request));

        var info = refused.GetRpcStatus()!.GetDetail<ErrorInfo>()!;
        Assert.Equal(
            (StatusCode.AlreadyExists, "REQUEST_ALREADY_DONE", client.ClientId),
            (refused.StatusCode, info.Reason, info.Metadata["client_id"]));
        (await client.With(reissued.RegistrationAccessToken).ReadAsync()).IsRecord();

        // The same name in another call means another call.
        await Server.Administration().RotateClientSecretAsync(new() { ClientId = client.ClientId, RequestId = request.RequestId });
    }

    [Fact]
    public async Task Refuses_what_another_administrator_has_changed()
    {
        var client = await OwnRecord.RegisterAsync(Server);
        var seen = (await Server.ClientAsync(client.ClientId)).Etag;
        await Server.ActAsync(client.ClientId, "approve");

        var late = await Server.ActAsync(client.ClientId, Act, $$"""{"etag":"{{seen}}"}""");

        late.IsStatus(HttpStatusCode.Conflict, (int)StatusCode.Aborted, "ETAG_MISMATCH");
        (await client.ReadAsync()).IsRecord();
    }

    private static bool LeadsTo(ClientState state, string act) => state switch
    {
        ClientState.Active => act == "approve",
        ClientState.Suspended => act == "suspend",
        ClientState.Rejected => act == "reject",
        _ => false,
    };
}
