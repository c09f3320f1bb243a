using System.Text.RegularExpressions;

namespace GrpcDcr.Server.Tests.Architecture;

/// <summary>
/// Methods of a source file with their lengths, from the signature to the closing brace. Reads the layout that the build enforces: braces
/// stand alone, and the closing one below the opening one.
/// </summary>
internal static partial class MethodLengths
{
    public static IEnumerable<(string Signature, int Lines)> Of(IReadOnlyList<string> lines)
    {
        for (var open = 1; open < lines.Count; open++)
        {
            if (!Opening().IsMatch(lines[open]))
            {
                continue;
            }

            var indent = lines[open].IndexOf('{', StringComparison.Ordinal);
            var first = FirstLineOfHeader(lines, open, indent);
            if (first < open && IsMethod(lines[first], indent))
            {
                var close = open + 1;
                while (!(lines[close].Length > indent && lines[close][indent] == '}' && lines[close].AsSpan(0, indent).IsWhiteSpace()))
                {
                    close++;
                }

                yield return (lines[first].Trim(), close - first + 1);
            }
        }
    }

    private static int FirstLineOfHeader(IReadOnlyList<string> lines, int open, int indent)
    {
        var first = open;
        while (first > 0 && Header().IsMatch(lines[first - 1]) && lines[first - 1].AsSpan(0, indent).IsWhiteSpace())
        {
            first--;
        }

        return first;
    }

    private static bool IsMethod(string line, int indent) =>
        !char.IsWhiteSpace(line[indent])
            && Signature().IsMatch(line)
            && !TypeKeyword().IsMatch(line)
            && !line.Split('(')[0].Contains('=', StringComparison.Ordinal);

    [GeneratedRegex(@"^( {4})+\{$")]
    private static partial Regex Opening();

    [GeneratedRegex(@"^\s+[^\s{}/\[#].*[^;{}]$|^\s+[^\s{}/\[#]$")]
    private static partial Regex Header();

    /// <summary>A modifier, or a return type and a name: a local function.</summary>
    [GeneratedRegex(@"^\s*(public|private|internal|protected|static|async|override|[\w<>?,\[\]. ]+ \w+(<[^()]*>)?\()")]
    private static partial Regex Signature();

    /// <summary>Types; and statements with a block, which look like a call.</summary>
    [GeneratedRegex(@"^\s*((public|private|internal|protected|static|sealed|abstract|readonly|partial|ref|file)\s+)*"
        + @"(class|record|struct|interface|enum)\b"
        + @"|^\s*(else|foreach|await|return|if|while|for|using|lock|switch|catch|case|when|new|fixed)\b")]
    private static partial Regex TypeKeyword();
}
