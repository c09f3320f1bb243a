using System.Diagnostics.Metrics;
using System.Net;
using System.Threading.RateLimiting;
using GrpcDcr.Server.SharedLimits;
using GrpcDcr.Server.Tests.Registration.Fetching.Support;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace GrpcDcr.Server.Tests.SharedLimits;

/// <summary>What one instance of the service has of shared limits: a connection of its own, its limiters, its log and its counts.</summary>
internal sealed class SharingInstance : IAsyncDisposable
{
    private readonly RedisLink link;
    private readonly SharedBudgets budgets;
    private readonly SharedLimitOptions options;
    private readonly ServiceProvider services = new ServiceCollection().AddMetrics().BuildServiceProvider();
    private readonly SharedLimitMetrics metrics;
    private readonly MeterListener listener = new();
    private readonly KeptLog<SharedBudgets> log = new();

    private SharingInstance(SharedLimitOptions options, FakeTimeProvider? budgetTime, TimeSpan patience)
    {
        this.options = options;
        var meters = services.GetRequiredService<IMeterFactory>();
        metrics = new SharedLimitMetrics(meters);
        link = new RedisLink(options);
        budgets = new SharedBudgets(link, options, Time, log) { Patience = patience, BudgetTime = budgetTime };
        listener.InstrumentPublished = (instrument, _) =>
        {
            if (instrument.Meter.Scope == meters)
            {
                listener.EnableMeasurementEvents(instrument);
            }
        };
        listener.SetMeasurementEventCallback<long>((_, value, tags, _) => Alone.Add($"{tags[0].Key}={tags[0].Value}"));
        listener.Start();
    }

    /// <summary>The clock of the instance.</summary>
    public FakeTimeProvider Time { get; } = new(new DateTimeOffset(2026, 1, 1, 12, 0, 0, TimeSpan.Zero));

    public IReadOnlyCollection<string> Log => log.Lines;

    /// <summary>The tag of each call that this instance counted alone.</summary>
    public List<string> Alone { get; } = [];

    /// <param name="connectionString">Where Redis is.</param>
    /// <param name="prefix">Tests that share a server have prefixes of their own.</param>
    /// <param name="budgetTime">The clock of the budgets, instead of that of Redis.</param>
    /// <param name="patience">As in the service unless given.</param>
    public static async Task<SharingInstance> StartAsync(
        string connectionString, string prefix = "grpcdcr:", FakeTimeProvider? budgetTime = null, TimeSpan? patience = null)
    {
        var options = new SharedLimitOptions { ConnectionString = connectionString, KeyPrefix = prefix };
        var instance = new SharingInstance(options, budgetTime, patience ?? RedisLink.Patience);
        await instance.budgets.StartAsync(CancellationToken.None);
        return instance;
    }

    public PartitionedRateLimiter<IPAddress> Limiter(int limit, int globalLimit, string name = "registration") =>
        new SharedWindow(name, limit, globalLimit, budgets, options, metrics, Time);

    public async ValueTask DisposeAsync()
    {
        listener.Dispose();
        await link.DisposeAsync();
        await services.DisposeAsync();
    }
}
