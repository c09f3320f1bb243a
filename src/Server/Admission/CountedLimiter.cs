using System.Net;
using System.Threading.RateLimiting;
using GrpcDcr.Server.Telemetry;

namespace GrpcDcr.Server.Admission;

/// <summary>A budget whose refusals are counted.</summary>
/// <param name="budget">The budget.</param>
/// <param name="name">Its name.</param>
/// <param name="metrics">Counts the refusals.</param>
internal sealed class CountedLimiter(PartitionedRateLimiter<IPAddress> budget, string name, ServiceMetrics metrics)
    : PartitionedRateLimiter<IPAddress>
{
    public override RateLimiterStatistics? GetStatistics(IPAddress resource) => budget.GetStatistics(resource);

    protected override RateLimitLease AttemptAcquireCore(IPAddress resource, int permitCount) =>
        Count(budget.AttemptAcquire(resource, permitCount));

    protected override ValueTask<RateLimitLease> AcquireAsyncCore(
        IPAddress resource, int permitCount, CancellationToken cancellationToken)
    {
        var asked = budget.AcquireAsync(resource, permitCount, cancellationToken);
        return asked.IsCompletedSuccessfully ? new ValueTask<RateLimitLease>(Count(asked.Result)) : AwaitAsync(asked);
    }

    private async ValueTask<RateLimitLease> AwaitAsync(ValueTask<RateLimitLease> asked) => Count(await asked);

    private RateLimitLease Count(RateLimitLease lease)
    {
        if (!lease.IsAcquired)
        {
            metrics.LimitReached(name);
        }

        return lease;
    }
}
