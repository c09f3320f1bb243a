using Google.Rpc;
using Grpc.Core;
using GrpcDcr.Admin.V1;
using GrpcDcr.TestKit.Service;
using GrpcDcr.V1;

namespace GrpcDcr.Integration.Tests.Directories;

/// <summary>Client secrets in the clear: for whom they are kept, and never without a trace.</summary>
public sealed class RevealClientSecretTests : IAsyncLifetime
{
    private const string Signing = "\"token_endpoint_auth_method\":\"client_secret_jwt\"";

    private RunningServer? _running;

    private RunningServer Server => _running!;

    public async ValueTask InitializeAsync() => _running = await RunningServer.StartAsync(
        "Registration:SecretSealingKey=AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=",
        "Registration:TokenEndpointAuthMethods=client_secret_basic client_secret_jwt none",
        "Capabilities:TokenEndpointAuthSigningAlgs=HS256");

    public ValueTask DisposeAsync() => Server.DisposeAsync();

    [Fact]
    public async Task Reveals_the_secret_of_a_client_that_signs_with_it_and_records_that()
    {
        var client = await OwnRecord.RegisterAsync(Server, Bodies.With(Signing));
        await Server.ActAsync(client.ClientId, "approve");

        var revealed = await Server.Secrets().RevealClientSecretAsync(new() { ClientId = client.ClientId });

        Assert.Equal([client.Secret], revealed.ClientSecrets);
        var recorded = Assert.Single(await EventsAsync(), e => e.Type == AuditEventType.ClientSecretRevealed);
        Assert.Equal((client.ClientId, true, ActorRole.Secrets), (recorded.ClientId, recorded.Succeeded, recorded.Actor.Role));
        Assert.False(recorded.HasClientRevision);
        Assert.DoesNotContain(client.Secret!, recorded.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Says_why_there_is_none_and_records_who_asked()
    {
        var pending = await OwnRecord.RegisterAsync(Server, Bodies.With(Signing));
        var hashed = await Server.ClientInAsync(ClientState.Active);
        var without = await Server.ClientInAsync(ClientState.Active, Bodies.PublicNative);
        const string Unknown = "0190b6a4-0000-7000-8000-000000000000";

        await RefusedAsync(pending.ClientId, StatusCode.FailedPrecondition, "STATE_FORBIDS");
        await RefusedAsync(hashed, StatusCode.FailedPrecondition, "SECRET_NOT_RECOVERABLE");
        await RefusedAsync(without, StatusCode.FailedPrecondition, "CLIENT_HAS_NO_SECRET");
        await RefusedAsync(Unknown, StatusCode.NotFound, "CLIENT_NOT_FOUND");

        Assert.Equal(
            ["STATE_FORBIDS", "SECRET_NOT_RECOVERABLE", "CLIENT_HAS_NO_SECRET", "CLIENT_NOT_FOUND"],
            (await EventsAsync()).Where(e => e.Type == AuditEventType.ClientSecretRevealed).Select(e => e.Refusal.Reason));
    }

    private async Task RefusedAsync(string clientId, StatusCode status, string reason)
    {
        var refusal = await Assert.ThrowsAsync<RpcException>(
            async () => await Server.Secrets().RevealClientSecretAsync(new() { ClientId = clientId }));
        Assert.Equal((status, reason), (refusal.StatusCode, refusal.GetRpcStatus()!.GetDetail<ErrorInfo>()!.Reason));
    }

    private async Task<IEnumerable<AuditEvent>> EventsAsync() =>
        (await Server.AuditLog().ListAuditEventsAsync(new() { PageSize = 500, Order = ListOrder.OldestFirst })).Events;
}
