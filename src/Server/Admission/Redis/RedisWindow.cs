using System.Net;
using System.Threading.RateLimiting;

namespace GrpcDcr.Server.Admission.Redis;

/// <summary>A budget that all instances share; one of this instance alone, of the same size, while Redis is away.</summary>
/// <param name="name">Of the budget.</param>
/// <param name="limit">Calls a minute of each caller.</param>
/// <param name="globalLimit">Calls a minute of all callers together.</param>
/// <param name="budgets">Where it is counted.</param>
/// <param name="options">Says under which keys.</param>
/// <param name="metrics">Counts what this instance counts alone.</param>
/// <param name="time">The clock of the budget of this instance.</param>
internal sealed class RedisWindow(
    string name, int limit, int globalLimit, RedisBudgets budgets, RedisLimitOptions options, RedisLimitMetrics metrics, TimeProvider time)
    : PartitionedRateLimiter<IPAddress>
{
    private readonly AddressWindow _local = new(limit, globalLimit, time);

    public override RateLimiterStatistics? GetStatistics(IPAddress resource) => null;

    protected override async ValueTask<RateLimitLease> AcquireAsyncCore(
        IPAddress resource, int permitCount, CancellationToken cancellationToken)
    {
        var taking = new Taking(options.KeyOf(name, $"{CallerNetwork.Of(resource)}"), options.KeyOf(name, "all"), limit, globalLimit);
        switch (await budgets.TryTakeAsync(taking, cancellationToken))
        {
            case null:
                metrics.FellBack(name);
                return _local.AttemptAcquire(resource, permitCount);
            case { Ticks: 0 }:
                return WindowLease.Granted;
            case { } wait:
                return WindowLease.Refused(wait);
        }
    }

    /// <exception cref="NotSupportedException">Always: a thread that waits for another machine serves nobody.</exception>
    protected override RateLimitLease AttemptAcquireCore(IPAddress resource, int permitCount) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _local.Dispose();
        }

        base.Dispose(disposing);
    }
}
