using System.Net;
using System.Threading.RateLimiting;
using GrpcDcr.Server.Model;
using GrpcDcr.Server.Telemetry;

namespace GrpcDcr.Server.Admission.Redis;

/// <summary>A budget that all instances share. While Redis is unavailable: a local budget of the same size.</summary>
/// <param name="name">Name of the budget.</param>
/// <param name="limit">Calls a minute for each caller.</param>
/// <param name="globalLimit">Calls a minute for all callers together.</param>
/// <param name="budgets">The budgets in Redis.</param>
/// <param name="options">Has the key prefix.</param>
/// <param name="metrics">Counts the calls that are counted locally.</param>
/// <param name="time">The clock of the local budget.</param>
internal sealed class RedisWindow(
    string name, int limit, int globalLimit, RedisBudgets budgets, RedisLimitOptions options, ServiceMetrics metrics, TimeProvider time)
    : PartitionedRateLimiter<IPAddress>
{
    private readonly AddressWindow _local = new(limit, globalLimit, time);

    public override RateLimiterStatistics? GetStatistics(IPAddress resource) => null;

    protected override async ValueTask<RateLimitLease> AcquireAsyncCore(
        IPAddress resource, int permitCount, CancellationToken cancellationToken)
    {
        switch (await budgets.TryTakeAsync(TakingOf(resource), cancellationToken))
        {
            case null:
                metrics.CountedAlone(name);
                return _local.AttemptAcquire(resource, permitCount);
            case { Ticks: 0 }:
                return WindowLease.Granted;
            case { } wait:
                return WindowLease.Refused(wait);
        }
    }

    /// <exception cref="NotSupportedException">Always: threads must not block on a remote call.</exception>
    protected override RateLimitLease AttemptAcquireCore(IPAddress resource, int permitCount) => throw new NotSupportedException();

    /// <summary>Redis forgets what no longer counts, so wider networks never stand in for narrower ones.</summary>
    private Taking TakingOf(IPAddress address) => new(
    [
        .. NetworkLevels.Of(address).Always.Select(level => new TakenBudget(
            options.KeyOf(name, $"{CallerNetwork.Of(address, level.Length)}"), level.LimitOf(limit))),
        new TakenBudget(options.KeyOf(name, "all"), globalLimit),
    ]);

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _local.Dispose();
        }

        base.Dispose(disposing);
    }
}
