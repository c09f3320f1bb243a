using System.Diagnostics.Metrics;
using System.Net;
using System.Threading.RateLimiting;
using GrpcDcr.Server.Admission.Redis;
using GrpcDcr.Server.Telemetry;
using GrpcDcr.Server.Tests.Fetching.Support;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace GrpcDcr.Server.Tests.Admission.Redis;

/// <summary>What one instance of the service has of shared limits: a connection of its own, its limiters, its log and its counts.</summary>
internal sealed class SharingInstance : IAsyncDisposable
{
    private readonly RedisConnection _link;
    private readonly RedisBudgets _budgets;
    private readonly RedisLimitOptions _options;
    private readonly ServiceProvider _services = new ServiceCollection().AddMetrics().BuildServiceProvider();
    private readonly ServiceMetrics _metrics;
    private readonly MeterListener _listener = new();
    private readonly KeptLog<RedisBudgets> _log = new();

    private SharingInstance(RedisLimitOptions options, FakeTimeProvider? budgetTime, TimeSpan patience)
    {
        _options = options;
        var meters = _services.GetRequiredService<IMeterFactory>();
        _metrics = new ServiceMetrics(meters);
        _link = new RedisConnection(options);
        _budgets = new RedisBudgets(_link, options, _metrics, Time, _log) { Patience = patience, BudgetTime = budgetTime };
        _listener.InstrumentPublished = (instrument, _) =>
        {
            if (instrument.Meter.Scope == meters)
            {
                _listener.EnableMeasurementEvents(instrument);
            }
        };
        _listener.SetMeasurementEventCallback<long>((_, value, tags, _) => Alone.Add($"{tags[0].Key}={tags[0].Value}"));
        _listener.Start();
    }

    /// <summary>The clock of the instance.</summary>
    public FakeTimeProvider Time { get; } = new(new DateTimeOffset(2026, 1, 1, 12, 0, 0, TimeSpan.Zero));

    public IReadOnlyCollection<string> Log => _log.Lines;

    /// <summary>The tag of each call that this instance counted alone.</summary>
    public List<string> Alone { get; } = [];

    /// <param name="connectionString">Where Redis is.</param>
    /// <param name="prefix">Tests that share a server have prefixes of their own.</param>
    /// <param name="budgetTime">The clock of the budgets, instead of that of Redis.</param>
    /// <param name="patience">As in the service unless given.</param>
    public static async Task<SharingInstance> StartAsync(
        string connectionString, string prefix = "grpcdcr:", FakeTimeProvider? budgetTime = null, TimeSpan? patience = null)
    {
        var options = new RedisLimitOptions { ConnectionString = connectionString, KeyPrefix = prefix };
        var instance = new SharingInstance(options, budgetTime, patience ?? RedisConnection.Patience);
        await instance._budgets.StartAsync(CancellationToken.None);
        return instance;
    }

    public PartitionedRateLimiter<IPAddress> Limiter(int limit, int globalLimit, string name = "registration") =>
        new RedisWindow(name, limit, globalLimit, _budgets, _options, _metrics, Time);

    public async ValueTask DisposeAsync()
    {
        _listener.Dispose();
        await _link.DisposeAsync();
        await _services.DisposeAsync();
    }
}
