using System.Collections.Concurrent;

namespace GrpcDcr.Conformance.Tests.Recording;

/// <summary>How the tests of this run ended.</summary>
internal static class Outcomes
{
    private static readonly ConcurrentQueue<(IReadOnlyList<string> Ids, bool Passed)> Finished = new();

    /// <summary>How many tests ended.</summary>
    public static int Count => Finished.Count;

    public static void Add(IReadOnlyList<string> ids, bool passed) => Finished.Enqueue((ids, passed));

    /// <summary>Whether all tests of each requirement passed.</summary>
    public static IReadOnlyDictionary<string, bool> ById() => Finished
        .SelectMany(outcome => outcome.Ids.Select(id => (Id: id, outcome.Passed)))
        .GroupBy(outcome => outcome.Id, StringComparer.Ordinal)
        .ToDictionary(group => group.Key, group => group.All(outcome => outcome.Passed), StringComparer.Ordinal);
}
