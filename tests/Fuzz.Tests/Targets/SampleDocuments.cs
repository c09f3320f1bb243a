using System.Text;
using System.Text.Json;
using GrpcDcr.TestKit.Samples;

namespace GrpcDcr.Fuzz.Tests.Targets;

/// <summary>The documents and redirect URIs that the tests of the rules are made of.</summary>
internal static class SampleDocuments
{
    /// <summary>Longer ones are about limits, which a run finds its own way to.</summary>
    private const int Longest = 8_000;

    /// <summary>Registrations, good and bad.</summary>
    public static IReadOnlyList<byte[]> Registrations { get; } =
    [
        .. RuleTables.All.SelectMany(CaseFile.Read)
            .Select(row => RuleTables.Document(row[3]))
            .Concat(RedirectLists().Select(list => $"{{\"redirect_uris\": {list}}}"))
            .Distinct()
            .Where(document => document.Length <= Longest)
            .Select(Encoding.UTF8.GetBytes),
    ];

    /// <summary>Each by itself.</summary>
    public static IReadOnlyList<string> RedirectUris { get; } =
        [.. RedirectLists().SelectMany(Strings).Where(uri => uri.Length <= Longest).Distinct()];

    private static IEnumerable<string> RedirectLists() => CaseFile.Read("redirect-uris").Select(row => CaseFile.Expand(row[3]));

    private static string[] Strings(string list)
    {
        try
        {
            return [.. (JsonSerializer.Deserialize<string?[]>(list) ?? []).OfType<string>()];
        }
        catch (JsonException)
        {
            return [];
        }
    }
}
