using System.Diagnostics.Metrics;

namespace GrpcDcr.Server.SharedLimits;

/// <summary>What is counted of shared rate limits, under the meter <c>GrpcDcr</c>.</summary>
internal sealed class SharedLimitMetrics(IMeterFactory meters)
{
    private readonly Counter<long> alone = meters.Create("GrpcDcr").CreateCounter<long>(
        "grpcdcr.rate_limits.alone", description: "Calls that this instance counted alone because Redis was away, by limiter.");

    public void CountedAlone(string limiter) => alone.Add(1, new KeyValuePair<string, object?>("limiter", limiter));
}
