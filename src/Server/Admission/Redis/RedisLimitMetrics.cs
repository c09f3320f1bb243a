using System.Diagnostics.Metrics;

namespace GrpcDcr.Server.Admission.Redis;

/// <summary>What is counted of shared rate limits, under the meter <c>GrpcDcr</c>.</summary>
internal sealed class RedisLimitMetrics(IMeterFactory meters)
{
    private readonly Counter<long> _alone = meters.Create("GrpcDcr").CreateCounter<long>(
        "grpcdcr.rate_limits.alone", description: "Calls that this instance counted alone because Redis was away, by limiter.");

    public void FellBack(string limiter) => _alone.Add(1, new KeyValuePair<string, object?>("limiter", limiter));
}
