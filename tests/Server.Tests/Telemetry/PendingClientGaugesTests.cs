using System.Diagnostics.Metrics;
using GrpcDcr.Server.Administration;
using GrpcDcr.Server.Storage.LiteDb;
using GrpcDcr.Server.Storage.LiteDb.Files;
using GrpcDcr.Server.Telemetry;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace GrpcDcr.Server.Tests.Telemetry;

/// <summary>Counting the clients that wait asks the store, so it needs a reason.</summary>
public sealed class PendingClientGaugesTests
{
    [Fact]
    public async Task Counts_nothing_while_nobody_listens()
    {
        using var services = new ServiceCollection().AddMetrics().BuildServiceProvider();
        var meters = services.GetRequiredService<IMeterFactory>();

        // A store that is not open fails whoever reads it.
        var time = new FakeTimeProvider();
        await using var closed = new LiteDbStore(new LiteDbOptions("nowhere"), time, NullLogger<LiteDbStore>.Instance);
        var gauges = new PendingClientGauges(closed, new ServiceMetrics(meters), time);
        await gauges.CountAsync(CancellationToken.None);

        using var listener = new MeterListener
        {
            InstrumentPublished = (instrument, listener) =>
            {
                if (instrument.Meter.Scope == meters)
                {
                    listener.EnableMeasurementEvents(instrument);
                }
            },
        };
        listener.Start();
        await Assert.ThrowsAsync<GrpcDcr.Server.Storage.StorageException>(() => gauges.CountAsync(CancellationToken.None));
    }
}
