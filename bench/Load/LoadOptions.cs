using System.Globalization;
using GrpcDcr.Bench.Load.Measuring;

namespace GrpcDcr.Bench.Load;

/// <summary>The command line. An option without a value means <c>true</c>.</summary>
/// <param name="Root">The repository: <c>--root</c>.</param>
/// <param name="ServerCore">The core of what is measured: <c>--server-core</c>. Absent: nothing is pinned.</param>
/// <param name="Pace">How long: <c>--rounds</c>, <c>--seconds</c>, <c>--warm-up</c>.</param>
/// <param name="Only">Parts of names to measure: <c>--only</c>. Absent: all.</param>
/// <param name="Engine">Where the service keeps its data: <c>--engine</c>, as in <c>Storage:Engine</c>. Absent: LiteDb.</param>
/// <param name="Growth">How many clients are stored before the measurements of growth: <c>--growth</c>, 1,000,000. Absent: none are
/// made.</param>
/// <param name="SecondOpinion">Whether wrk and h2load measure the floors too: <c>--second-opinion</c>.</param>
/// <param name="Write">Whether bench/README.md and bench/figures get the figures: <c>--write</c>.</param>
internal sealed record LoadOptions(
    string Root, int? ServerCore, Pace Pace, string? Only, string Engine, int? Growth, bool SecondOpinion, bool Write)
{
    private const string True = "true";
    private const int DefaultGrowth = 1_000_000;

    public static LoadOptions Parse(IReadOnlyList<string> args)
    {
        var given = Pairs(args);
        return new LoadOptions(
            given["--root"],
            given.ContainsKey("--server-core") ? (int)Number("--server-core", 0) : null,
            new Pace((int)Number("--rounds", 5), Seconds("--seconds", 4), Seconds("--warm-up", 40)),
            given.GetValueOrDefault("--only"),
            given.GetValueOrDefault("--engine", "LiteDb"),
            given.GetValueOrDefault("--growth") switch
            {
                null => null,
                True => DefaultGrowth,
                var count => int.Parse(count, NumberStyles.Integer, CultureInfo.InvariantCulture),
            },
            given.ContainsKey("--second-opinion"),
            given.ContainsKey("--write"));

        double Number(string name, double absent) =>
            given.TryGetValue(name, out var value) ? double.Parse(value, CultureInfo.InvariantCulture) : absent;

        TimeSpan Seconds(string name, double absent) => TimeSpan.FromSeconds(Number(name, absent));
    }

    public bool Includes(string name) => Only is null || name.Contains(Only, StringComparison.OrdinalIgnoreCase);

    private static Dictionary<string, string> Pairs(IReadOnlyList<string> args)
    {
        var pairs = new Dictionary<string, string>(StringComparer.Ordinal);
        for (var i = 0; i < args.Count; i++)
        {
            var hasValue = i + 1 < args.Count && !args[i + 1].StartsWith("--", StringComparison.Ordinal);
            pairs[args[i]] = hasValue ? args[i + 1] : True;
            i += hasValue ? 1 : 0;
        }

        return pairs;
    }
}
