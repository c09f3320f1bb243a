using GrpcDcr.Admin.V1;
using GrpcDcr.TestKit.Service;

namespace GrpcDcr.Conformance.Tests.Rfc7591;

/// <summary>RFC 7591 section 5: registrations that nobody wants.</summary>
public sealed class ExpiryTests
{
    [Fact]
    [Requirement("7591-5-04")]
    public async Task Removes_clients_that_nobody_approved_in_time_and_only_those()
    {
        await using var server = await RunningServer.StartAsync("Registration:UnapprovedLifetime=1.00:00:00");
        var (pending, active) = (await OwnRecord.RegisterAsync(server), await OwnRecord.RegisterAsync(server));
        await server.ActAsync(active.ClientId, "approve");
        await active.UpdateAsync("\"redirect_uris\":[\"https://other.example/cb\"]");
        server.Time.Advance(TimeSpan.FromHours(23));
        var younger = await OwnRecord.RegisterAsync(server);

        server.Time.Advance(TimeSpan.FromHours(1));
        server.Time.Advance(TimeSpan.FromMinutes(10));
        await Eventually.HoldsAsync(async () => await server.CountClientsAsync() == 2);

        (await pending.ReadAsync()).IsUnknownToken();
        (await active.ReadAsync()).IsRecord();
        (await younger.ReadAsync()).IsRecord();
        var expired = Assert.Single((await server.AuditLog().ListAuditEventsAsync(new() { Type = AuditEventType.ClientExpired })).Events);
        Assert.Equal((pending.ClientId, ActorRole.System), (expired.ClientId, expired.Actor.Role));
    }
}
