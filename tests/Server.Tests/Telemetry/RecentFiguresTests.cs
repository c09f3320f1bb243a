using System.Diagnostics.Metrics;
using GrpcDcr.Server.Telemetry;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace GrpcDcr.Server.Tests.Telemetry;

/// <summary>The figures that the console shows.</summary>
public sealed class RecentFiguresTests : IDisposable
{
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    private readonly ServiceProvider _services = new ServiceCollection().AddMetrics().BuildServiceProvider();
    private readonly FakeTimeProvider _time = new();
    private readonly ServiceMetrics _metrics;
    private readonly RecentFigures _figures;

    public RecentFiguresTests()
    {
        var meters = _services.GetRequiredService<IMeterFactory>();
        _metrics = new ServiceMetrics(meters);
        _figures = new RecentFigures(meters, _time);
    }

    public void Dispose()
    {
        _figures.Dispose();
        _services.Dispose();
    }

    [Fact]
    public void Count_by_minute_what_the_service_measures()
    {
        _metrics.Registered("pending", "open");
        _metrics.RegistrationRefused(null, "INVALID_REDIRECT_URI");
        _time.Advance(Minute);
        _metrics.RegistrationRefused("open", "INVALID_REDIRECT_URI");
        _metrics.RequestRefused(Attributes.RoleToken, "CREDENTIAL_INVALID");
        _metrics.LimitReached("registration");
        _metrics.Authenticated(succeeded: false);
        _metrics.LookedUp(isHit: true);

        var hour = _figures.Read();
        Assert.Equal(2, hour.Beginnings.Count);
        Assert.Equal([("active", "0 0"), ("pending", "1 0"), ("refused", "1 1")], Shown(hour.Registrations));
        Assert.Equal([("INVALID_REDIRECT_URI", "1 1"), ("CREDENTIAL_INVALID", "0 1")], Shown(hour.Reasons));
        Assert.Contains(("registration", "0 1"), Shown(hour.Limits));
        Assert.Equal([("succeeded", "0 0"), ("refused", "0 1")], Shown(hour.Authentications));
        Assert.Equal([("hit", "0 1"), ("miss", "0 0")], Shown(hour.CacheLookups));
    }

    [Fact]
    public void Measure_commits_that_succeeded()
    {
        _metrics.Committed(ServiceMetrics.Start(), Attributes.LiteDb, "unavailable");
        _time.Advance(Minute);
        _metrics.Committed(ServiceMetrics.Start(), Attributes.LiteDb, error: null);
        var medians = _figures.Read().CommitQuantiles(0.5);
        Assert.Null(medians[0]);
        Assert.InRange(medians[1]!.Value, 0, 10);
    }

    [Fact]
    public void Have_the_pending_clients_at_the_end_of_each_minute()
    {
        long? pending = null;
        _metrics.Observe(InstrumentTable.PendingClients, () => pending);
        _time.Advance(Minute);
        pending = 7;
        _time.Advance(Minute);
        pending = 8;
        Assert.Equal([null, 7, 8], _figures.Read().Pending);
    }

    [Fact]
    public void Keep_an_hour_however_long_the_service_runs()
    {
        for (var minute = 0; minute < 200; minute++)
        {
            _metrics.Registered("active", "open");
            _metrics.RegistrationRefused(null, $"REASON_{minute}");
            _time.Advance(Minute);
        }

        var hour = _figures.Read();
        Assert.Equal(RecentFigures.MaxMinutes, hour.Beginnings.Count);
        Assert.Equal(Minute * (RecentFigures.MaxMinutes - 1), hour.End - hour.Beginnings[0]);
        Assert.All(hour.Registrations, word => Assert.Equal(RecentFigures.MaxMinutes, word.Counts.Count));
        Assert.Equal(RecentFigures.MaxMinutes, hour.Pending.Count);
        Assert.Equal(RecentFigures.MaxMinutes - 1, hour.Registrations[0].Counts.Sum());
        Assert.InRange(hour.Reasons.Count, 1, 100);
    }

    [Fact]
    public void Are_of_this_service_alone()
    {
        using var others = new ServiceCollection().AddMetrics().BuildServiceProvider();
        new ServiceMetrics(others.GetRequiredService<IMeterFactory>()).Registered("active", "open");
        Assert.All(_figures.Read().Registrations, word => Assert.Equal(0, word.Counts.Sum()));
    }

    private static IEnumerable<(string Word, string Counts)> Shown(IReadOnlyList<WordCounts> words) =>
        words.Select(word => (word.Word, string.Join(' ', word.Counts)));
}
