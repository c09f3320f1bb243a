using System.Diagnostics.Metrics;
using GrpcDcr.Server.Telemetry;
using Microsoft.Extensions.DependencyInjection;

namespace GrpcDcr.Server.Tests.Telemetry;

/// <summary>Counting is cheap, because it happens with every call.</summary>
public sealed class ServiceMetricsTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Counting_allocates_nothing(bool isObserved)
    {
        using var services = new ServiceCollection().AddMetrics().BuildServiceProvider();
        var meters = services.GetRequiredService<IMeterFactory>();
        var metrics = new ServiceMetrics(meters);
        using var listener = new MeterListener
        {
            InstrumentPublished = (instrument, listener) =>
            {
                if (isObserved && instrument.Meter.Scope == meters)
                {
                    listener.EnableMeasurementEvents(instrument);
                }
            },
        };
        listener.SetMeasurementEventCallback<long>((_, _, _, _) => { });
        listener.SetMeasurementEventCallback<double>((_, _, _, _) => { });
        listener.Start();
        Count(metrics);

        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 100; i++)
        {
            Count(metrics);
        }

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
        Assert.Equal(isObserved, metrics.ObservesCalls);
        Assert.Equal(isObserved, metrics.ObservesReads);
    }

    [Fact]
    public void Every_row_of_the_table_has_a_name_of_its_own_and_attributes_with_closed_sets()
    {
        Assert.Distinct(InstrumentTable.All.Select(row => row.Name));
        Assert.All(InstrumentTable.All, row =>
        {
            Assert.Equal(row.Kind == InstrumentKind.Histogram, row.Buckets is not null);
            Assert.All(row.Attributes, attribute => Assert.NotEqual(attribute.Values.Count == 0, attribute.SetElsewhere is null));
        });
    }

    private static void Count(ServiceMetrics metrics)
    {
        var started = ServiceMetrics.Start();
        metrics.Called(started, "a.Service/Method", "UNAVAILABLE", isFailure: true);
        metrics.Registered("pending", "open");
        metrics.Created("active", "administrator");
        metrics.RegistrationRefused(null, "INVALID_REDIRECT_URI");
        metrics.RequestRefused(Attributes.RoleToken, "CREDENTIAL_INVALID");
        metrics.LimitReached("registration");
        metrics.CountedAlone("registration");
        metrics.Authenticated(succeeded: true);
        metrics.Committed(started, Attributes.LiteDb, error: null);
        metrics.Committed(started, Attributes.LiteDb, "busy");
        metrics.BatchCommitted(3, Attributes.LiteDb);
        metrics.JournalSynced(started);
        metrics.Read(started, "find", "clients", error: null);
        metrics.Read(started, "find", "clients", "corrupt");
        metrics.LookedUp(isHit: true);
        metrics.Fetched(started, Attributes.Fetched);
    }
}
