using System.Globalization;
using System.Text.RegularExpressions;

namespace GrpcDcr.TestKit.Samples;

/// <summary>
/// A table of cases beside the tests: one a line, columns with <c> | </c> between them, <c>//</c> before a comment.
/// <c>&lt;&lt;text*n&gt;&gt;</c> stands for n times the text, <c>&lt;&lt;name&gt;&gt;</c> for the members of that key in
/// <see cref="SampleKeys"/>,
/// <c>&lt;&lt;x5c name&gt;&gt;</c> for its certificates.
/// </summary>
internal static partial class CaseFile
{
    public static IEnumerable<string[]> Read(string name)
    {
        using var stream = typeof(CaseFile).Assembly.GetManifestResourceStream(name)
            ?? throw new FileNotFoundException("No such table of cases.", name);
        using var reader = new StreamReader(stream);
        while (reader.ReadLine() is { } line)
        {
            if (line.Length > 0 && !line.StartsWith("//", StringComparison.Ordinal))
            {
                yield return line.Split(" | ");
            }
        }
    }

    /// <summary>The JSON text of a case with its keys and repetitions written out.</summary>
    public static string Expand(string json) => Repetition().Replace(
        KeyName().Replace(
            json, match => match.Groups[1].Success
                ? SampleKeys.CertificatesOf(match.Groups[2].Value)
                : SampleKeys.Named(match.Groups[2].Value)),
        match => string.Concat(Enumerable.Repeat(match.Groups[1].Value, int.Parse(match.Groups[2].Value, CultureInfo.InvariantCulture))));

    [GeneratedRegex(@"<<(.*?)\*(\d+)>>")]
    private static partial Regex Repetition();

    [GeneratedRegex("<<(x5c )?([a-z0-9-]+)>>")]
    private static partial Regex KeyName();
}
