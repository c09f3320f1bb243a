using System.Diagnostics;
using GrpcDcr.Bench.Load.Driving;
using GrpcDcr.Bench.Load.Subjects;

namespace GrpcDcr.Bench.Load.Measuring;

/// <summary>What one stretch of load showed.</summary>
/// <param name="Rate">Answers a second.</param>
/// <param name="P50">Half of the answers took no longer.</param>
/// <param name="P99">99 of 100 answers took no longer.</param>
/// <param name="ServerCpu">Share of a core that the server used.</param>
/// <param name="DriverCpu">Share of a core that this program used.</param>
internal sealed record Round(double Rate, TimeSpan P50, TimeSpan P99, double ServerCpu, double DriverCpu)
{
    /// <summary>Answers for each second of processor time of the server: what other programs on the machine disturb least.</summary>
    public double RatePerCpu => Rate / ServerCpu;

    public static async Task<Round> RunAsync(Contender contender, int concurrency, TimeSpan length)
    {
        var connections = await contender.ConnectAsync(concurrency);
        try
        {
            var (server, driver) = (contender.Process.Cpu, Environment.CpuUsage.TotalTime);
            var start = Stopwatch.GetTimestamp();
            var end = start + (long)(length.TotalSeconds * Stopwatch.Frequency);
            var latencies = await Task.WhenAll(connections.Select(connection => RunAsync(connection, end)));
            var elapsed = Stopwatch.GetElapsedTime(start);
            return Of(latencies, elapsed, contender.Process.Cpu - server, Environment.CpuUsage.TotalTime - driver);
        }
        finally
        {
            Array.ForEach(connections, connection => connection.Dispose());
        }
    }

    /// <summary>The median of each figure by itself.</summary>
    public static Round MedianOf(IReadOnlyList<Round> rounds) => new(
        Median.Of(rounds.Select(r => r.Rate)),
        Median.Of(rounds.Select(r => r.P50)),
        Median.Of(rounds.Select(r => r.P99)),
        Median.Of(rounds.Select(r => r.ServerCpu)),
        Median.Of(rounds.Select(r => r.DriverCpu)));

    private static async Task<Histogram> RunAsync(ILoadConnection connection, long end)
    {
        var latencies = new Histogram();
        await connection.RunAsync(end, latencies);
        return latencies;
    }

    private static Round Of(IEnumerable<Histogram> latencies, TimeSpan elapsed, TimeSpan server, TimeSpan driver)
    {
        var all = new Histogram();
        foreach (var histogram in latencies)
        {
            all.Add(histogram);
        }

        return new Round(all.Count / elapsed.TotalSeconds, all.Percentile(0.5), all.Percentile(0.99), server / elapsed, driver / elapsed);
    }
}

internal static class Median
{
    public static T Of<T>(IEnumerable<T> values) => values.Order().ToArray() is var sorted ? sorted[sorted.Length / 2] : default!;
}
