using GrpcDcr.Server.Telemetry;

namespace GrpcDcr.Server.Endpoints.Console.Health;

/// <summary>The figures of an hour as plots.</summary>
internal static class PlotGroups
{
    /// <summary>How many reasons of refusals are plotted.</summary>
    private const int MaxReasons = 6;

    private const int MillisecondsInSecond = 1_000;

    public static IReadOnlyList<PlotGroup> Of(HourOfFigures hour)
    {
        return
        [
            Counts("Registrations", "By outcome.", hour.Registrations),
            Group("Pending clients", "At the end of each minute, in the whole store.", title =>
                [new Plot(title, "Pending", [.. hour.Pending.Select(value => (double?)value)], IsCount: false)]),
            Counts(
                "Refusals", "Registrations, requests of clients about themselves and wrong tokens, by the most frequent reasons.",
                hour.Reasons.Where(IsUsed).OrderByDescending(reason => reason.Counts.Sum()).Take(MaxReasons)),
            Counts("Over a limit", "Requests, by limit.", hour.Limits.Where(IsUsed)),
            Group("Commit latency", "How long changes took until they were durable.", title =>
                [Latency(title, "Median", hour, 0.5), Latency(title, "99th percentile", hour, 0.99)]),
            Counts("Client cache", "Lookups that the cache answered, and those that the store did.", hour.CacheLookups),
            Counts("Client authentications", "By outcome.", hour.Authentications),
        ];

        PlotGroup Counts(string title, string about, IEnumerable<WordCounts> words) => Group(title, about, group =>
            [.. words.Select(word => new Plot(group, word.Word, [.. word.Counts.Select(count => (double?)count)]))]);

        PlotGroup Group(string title, string about, Func<string, IReadOnlyList<Plot>> plots) =>
            new(title, about, hour.Beginnings, plots(title));
    }

    private static bool IsUsed(WordCounts counts) => counts.Counts.Any(count => count > 0);

    private static Plot Latency(string group, string title, HourOfFigures hour, double part) => new(
        group, title, [.. hour.CommitQuantiles(part).Select(seconds => seconds * MillisecondsInSecond)], IsCount: false, Unit: " ms");
}
