using GrpcDcr.TestKit.Service;

namespace GrpcDcr.Integration.Tests.Administration;

/// <summary>Registrations that nobody wants do not accumulate where nothing is configured.</summary>
public sealed class UnapprovedLifetimeTests
{
    [Fact]
    public async Task Ends_after_30_days_unless_told_otherwise()
    {
        await using var server = await RunningServer.StartAsync();
        var early = await OwnRecord.RegisterAsync(server);
        server.Time.Advance(TimeSpan.FromDays(29));
        var late = await OwnRecord.RegisterAsync(server);
        (await early.ReadAsync()).IsRecord();

        server.Time.Advance(TimeSpan.FromDays(1));
        server.Time.Advance(TimeSpan.FromMinutes(10));

        await Eventually.HoldsAsync(async () => await server.CountClientsAsync() == 1);
        (await late.ReadAsync()).IsRecord();
    }
}
