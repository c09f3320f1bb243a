using System.Text.RegularExpressions;

namespace GrpcDcr.TestKit.Samples;

/// <summary>
/// The examples of <c>docs/policies.md</c> as settings, in their order: an MCP server, open banking, an internal platform, an OpenID
/// provider.
/// </summary>
internal static partial class PolicyExamples
{
    public static IReadOnlyList<Dictionary<string, string?>> All { get; } =
    [
        .. Block().Matches(File.ReadAllText(Path.Combine(Repository.Root, "docs/policies.md")))
            .Select(block => block.Groups[1].Value)
            .Where(block => block.StartsWith("ENABLE", StringComparison.Ordinal))
            .Select(block => block.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.Split('=', 2)).ToDictionary(
                pair => pair[0].Replace("__", ":", StringComparison.Ordinal), string? (pair) => pair[1], StringComparer.Ordinal)),
    ];

    [GeneratedRegex("```sh\n(.*?)```", RegexOptions.Singleline)]
    private static partial Regex Block();
}
