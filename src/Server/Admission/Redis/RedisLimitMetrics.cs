using System.Diagnostics.Metrics;

namespace GrpcDcr.Server.Admission.Redis;

/// <summary>Metrics of shared rate limits, in the meter <c>GrpcDcr</c>.</summary>
internal sealed class RedisLimitMetrics(IMeterFactory meters)
{
    private readonly Counter<long> _fallbacks = meters.Create("GrpcDcr").CreateCounter<long>(
        "grpcdcr.rate_limit.fallbacks",
        description: "Calls counted by this instance alone because Redis was unavailable, by limiter.");

    public void FellBack(string limiter) => _fallbacks.Add(1, new KeyValuePair<string, object?>("limiter", limiter));
}
