using HdrHistogram;

namespace GrpcDcr.Bench.Load.Driving;

/// <summary>Durations, up to a minute, with three significant digits.</summary>
internal sealed class Histogram
{
    private const long LongestNanoseconds = 60_000_000_000;
    private const int SignificantDigits = 3;

    private readonly LongHistogram _durations = new(LongestNanoseconds, SignificantDigits);

    public long Count => _durations.TotalCount;

    /// <param name="nanoseconds">Not negative. A longer duration counts as a minute.</param>
    public void Record(long nanoseconds) => _durations.RecordValue(Math.Min(nanoseconds, LongestNanoseconds));

    public void Add(Histogram other) => _durations.Add(other._durations);

    /// <summary>The duration that <paramref name="share"/> (0 to 1) of all do not exceed; zero when nothing was recorded.</summary>
    public TimeSpan Percentile(double share) => TimeSpan.FromMicroseconds(_durations.GetValueAtPercentile(100 * share) / 1000.0);
}
