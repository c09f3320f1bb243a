using System.Net;
using GrpcDcr.Admin.V1;
using GrpcDcr.TestKit.Service;
using GrpcDcr.V1;

namespace GrpcDcr.Integration.Tests.Administration;

/// <summary>Where the deployment allows it, a rejected client submits itself again once a day, and an administrator decides.</summary>
public sealed class ResubmissionTests : IAsyncLifetime
{
    private const string Update = "\"redirect_uris\":[\"https://client.example/cb\"],\"client_name\":\"Better\"";

    private RunningServer? _started;

    private RunningServer Server => _started!;

    public async ValueTask InitializeAsync() => _started = await RunningServer.StartAsync(
        "Registration:RejectedClientsMayResubmit=true", "Registration:RegistrationAccessTokenRotation=Never");

    public ValueTask DisposeAsync() => Server.DisposeAsync();

    [Fact]
    public async Task Makes_a_rejected_client_pending_a_day_after_the_rejection()
    {
        var client = await RejectedAsync();
        Server.Time.Advance(TimeSpan.FromHours(23));
        await IsTooEarlyAsync(client, atMost: TimeSpan.FromHours(1));
        Server.Time.Advance(TimeSpan.FromHours(1));

        var again = (await client.UpdateAsync(Update)).IsRecord();

        Assert.Equal(("pending", "Better"), (again.Text("client_status"), again.Text("client_name")));
        Assert.False(again.Json.TryGetProperty("public_reason", out _));
        var events = await Server.AuditLog().ListAuditEventsAsync(
            new() { ClientId = client.ClientId, Type = AuditEventType.ClientUpdated });
        Assert.Equal(ClientState.Pending, Assert.Single(events.Events).ClientUpdated.State);
    }

    [Fact]
    public async Task Is_once_a_day()
    {
        var client = await RejectedAsync();
        Server.Time.Advance(TimeSpan.FromDays(1));
        (await client.UpdateAsync(Update)).IsRecord();

        await RejectAsync(client.ClientId);

        await IsTooEarlyAsync(client, atMost: TimeSpan.FromDays(1));
    }

    [Fact]
    public async Task Is_not_for_suspended_clients()
    {
        var client = await RejectedAsync();
        await Server.ActAsync(client.ClientId, "suspend");
        Server.Time.Advance(TimeSpan.FromDays(2));

        var refused = await client.UpdateAsync(Update);

        refused.IsRefusal("access_denied", HttpStatusCode.Forbidden, refused.Body);
        Assert.Null(refused.Headers.RetryAfter);
    }

    [Fact]
    public async Task Is_off_by_default()
    {
        await using var server = await RunningServer.StartAsync();
        var client = await OwnRecord.RegisterAsync(server);
        await RejectAsync(client.ClientId, server);
        server.Time.Advance(TimeSpan.FromDays(2));

        var refused = await client.UpdateAsync(Update);

        refused.IsRefusal("access_denied", HttpStatusCode.Forbidden, refused.Body);
        Assert.Null(refused.Headers.RetryAfter);
    }

    private async Task<OwnRecord> RejectedAsync()
    {
        var client = await OwnRecord.RegisterAsync(Server);
        await RejectAsync(client.ClientId);
        return client;
    }

    private Task RejectAsync(string clientId, RunningServer? server = null) =>
        (server ?? Server).ActAsync(clientId, "reject");

    private static async Task IsTooEarlyAsync(OwnRecord client, TimeSpan atMost)
    {
        var refused = await client.UpdateAsync(Update);
        refused.IsRefusal("access_denied", HttpStatusCode.Forbidden, refused.Body);
        Assert.InRange(refused.Headers.RetryAfter!.Delta!.Value, TimeSpan.FromSeconds(1), atMost);
    }
}
