using System.Globalization;
using GrpcDcr.Bench.Load.Measuring;

namespace GrpcDcr.Bench.Load;

/// <summary>The command line.</summary>
/// <param name="Root">The repository: <c>--root</c>.</param>
/// <param name="ServerCore">The core of what is measured: <c>--server-core</c>. Absent: nothing is pinned.</param>
/// <param name="Pace">How long: <c>--rounds</c>, <c>--seconds</c>, <c>--warm-up</c>.</param>
/// <param name="Only">Parts of names to measure: <c>--only</c>. Absent: all.</param>
/// <param name="Write">Whether bench/README.md gets the figures: <c>--write true</c>.</param>
internal sealed record LoadOptions(string Root, int? ServerCore, Pace Pace, string? Only, bool Write)
{
    public static LoadOptions Parse(IReadOnlyList<string> args)
    {
        var given = args.Chunk(2).ToDictionary(pair => pair[0], pair => pair[1]);
        return new LoadOptions(
            given["--root"],
            given.TryGetValue("--server-core", out var core) ? int.Parse(core, CultureInfo.InvariantCulture) : null,
            new Pace((int)Number("--rounds", 5), Seconds("--seconds", 4), Seconds("--warm-up", 6)),
            given.GetValueOrDefault("--only"),
            given.GetValueOrDefault("--write") == "true");

        double Number(string name, double absent) =>
            given.TryGetValue(name, out var value) ? double.Parse(value, CultureInfo.InvariantCulture) : absent;

        TimeSpan Seconds(string name, double absent) => TimeSpan.FromSeconds(Number(name, absent));
    }

    public bool Includes(string name) => Only is null || name.Contains(Only, StringComparison.OrdinalIgnoreCase);
}
