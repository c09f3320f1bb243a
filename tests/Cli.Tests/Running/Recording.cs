using System.Text.RegularExpressions;
using GrpcDcr.TestKit.Running;

namespace GrpcDcr.Cli.Tests.Running;

/// <summary>
/// Runs commands of a page in a shell. Identifiers, times, credentials and addresses of the run become those of the page, and the other way
/// round in the commands.
/// </summary>
internal sealed partial class Recording(Workplace user, ServerProcess server)
{
    private readonly Dictionary<string, string> _shown = [];

    /// <summary>What the command writes on both streams.</summary>
    public async Task<string> OfAsync(string command)
    {
        var real = _shown.Aggregate(command, (text, entry) => text.Replace(entry.Value, entry.Key, StringComparison.Ordinal))
            .Replace("http://127.0.0.1:8082", Workplace.Address(server), StringComparison.Ordinal)
            .Replace("http://127.0.0.1:8080", server.Issuer, StringComparison.Ordinal);
        string[] shell =
        [
            "-c", $"cd {user.Folder} && grpcdcr() {{ {CommandRun.Line} \"$@\"; }} && {{ {real}\n}} 2>&1",
        ];
        return Shown((await CommandRun.OfAsync("sh", shell, user.Environment, "")).Output);
    }

    private string Shown(string output)
    {
        var known = Identifier().Replace(output, match => Known(match.Value));
        known = Time().Replace(known, match => match.Value.Contains('.') ? "2026-01-31T12:00:00.123Z" : "2026-01-31T12:00:00Z");
        known = Credential().Replace(known, match => match.Value.Contains('.') ? "S-xXZfAo…tJKj3n.AaIt…fo7Ld" : "c00_MG4R…6egq8");
        return Seconds().Replace(known, "1769860800")
            .Replace(Workplace.Address(server), "http://127.0.0.1:8082", StringComparison.Ordinal)
            .Replace(server.Issuer, "http://127.0.0.1:8080", StringComparison.Ordinal)
            .Replace(user.Folder, "/home/me/.config", StringComparison.Ordinal);
    }

    private string Known(string identifier)
    {
        if (!_shown.TryGetValue(identifier, out var shown))
        {
            shown = $"01a22d80-0000-7000-8000-{_shown.Count + 1:D12}";
            _shown[identifier] = shown;
        }

        return shown;
    }

    [GeneratedRegex("[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12}")]
    private static partial Regex Identifier();

    [GeneratedRegex(@"20\d\d-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z")]
    private static partial Regex Time();

    [GeneratedRegex(@"(?<![A-Za-z0-9_-])[A-Za-z0-9_-]{43}(\.[A-Za-z0-9_-]{22})?(?![A-Za-z0-9_-])")]
    private static partial Regex Credential();

    [GeneratedRegex(@"\b1[789]\d{8}\b")]
    private static partial Regex Seconds();
}
