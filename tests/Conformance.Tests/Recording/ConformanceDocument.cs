using System.Globalization;
using System.Text;
using GrpcDcr.TestKit;

namespace GrpcDcr.Conformance.Tests.Recording;

/// <summary><c>docs/conformance.md</c>: each requirement and how the run of these tests ended for it.</summary>
internal static class ConformanceDocument
{
    private const string Pass = "pass";
    private const string Fails = "**fails**";
    private const string NotApplicable = "not applicable";
    private const string Divergence = "[divergence](divergences.md)";

    private static readonly string[] Results = [Pass, Divergence, NotApplicable, Fails];

    public static string PathOf => Path.Combine(Repository.Root, "docs", "conformance.md");

    /// <exception cref="InvalidOperationException">What was found is not what is written; the message shows the first line that
    /// differs.</exception>
    public static void Require(string found, string written)
    {
        if (found == written)
        {
            return;
        }

        var (now, before) = found.Split('\n').Zip(written.Split('\n').Append("")).FirstOrDefault(pair => pair.First != pair.Second);
        throw new InvalidOperationException(
            $"docs/conformance.md is out of date. This run found\n  {now}\nwhere it says\n  {before}\n"
            + "If that is meant, write it: REWRITE_DOCS=1 dotnet run -c Release --project tests/Conformance.Tests");
    }

    /// <param name="passed">Whether all tests of a requirement passed, by its id.</param>
    public static string Of(IReadOnlyDictionary<string, bool> passed)
    {
        var text = new StringBuilder(
            """
            # Conformance

            Each requirement that was found in the standards, profiles and clients that registration has to do with, and how the service
            fares. Written by `REWRITE_DOCS=1 dotnet run -c Release --project tests/Conformance.Tests`, which checks all of them over
            HTTP and gRPC; do not edit. The tests of a requirement are those that bear its id. SEC is hardening that no clause spells out,
            INT what clients in use need.


            """);
        AppendCounts(text, passed);
        foreach (var group in Catalogue.Groups)
        {
            text.Append(
                CultureInfo.InvariantCulture,
                $"\n## {group.Heading}\n\n| id | source | level | requirement | result |\n|---|---|---|---|---|\n");
            foreach (var entry in group.Entries)
            {
                text.Append(
                    CultureInfo.InvariantCulture,
                    $"| {entry.Id} | {entry.Section} | {entry.Level} | {entry.Title} | {Cell(entry.Id, passed)} |\n");
            }
        }

        return text.ToString();
    }

    private static void AppendCounts(StringBuilder text, IReadOnlyDictionary<string, bool> passed)
    {
        text.Append(CultureInfo.InvariantCulture, $"| | {string.Join(" | ", Results)} | all |\n|---|---|---|---|---|---|\n");
        foreach (var group in Catalogue.Groups)
        {
            AppendCount(text, group.Heading, group.Entries, passed);
        }

        AppendCount(text, "**All**", [.. Catalogue.Entries], passed);
    }

    private static void AppendCount(
        StringBuilder text, string heading, IReadOnlyList<CatalogueEntry> entries, IReadOnlyDictionary<string, bool> passed)
    {
        var counts = Results.Select(result => entries.Count(entry => ResultOf(entry.Id, passed) == result));
        text.Append(CultureInfo.InvariantCulture, $"| {heading} | {string.Join(" | ", counts)} | {entries.Count} |\n");
    }

    private static string Cell(string id, IReadOnlyDictionary<string, bool> passed) => ResultOf(id, passed) switch
    {
        NotApplicable => $"{NotApplicable}: {Catalogue.NotApplicable[id]}",
        Divergence => $"{Divergence}: {Catalogue.Divergences[id]}",
        var result => result,
    };

    private static string ResultOf(string id, IReadOnlyDictionary<string, bool> passed) =>
        Catalogue.NotApplicable.ContainsKey(id) ? NotApplicable
        : !passed.GetValueOrDefault(id) ? Fails
        : Catalogue.Divergences.ContainsKey(id) ? Divergence
        : Pass;
}
