using System.Globalization;
using System.Text;

namespace GrpcDcr.Server.Policy.Names;

/// <summary>
/// The look of single characters: the table of UTS #39 (Unicode Security Mechanisms), section 4, with decompositions, marks and case
/// already applied. <c>eng/look-alikes.mjs</c> creates the file, because the runtime cannot decompose characters in invariant globalization
/// mode.
/// </summary>
internal static class LookAlikes
{
    private static readonly Dictionary<int, string> Table = ReadEmbedded();
    private static readonly string?[] OfAscii = [.. Enumerable.Range(0, 128).Select(codePoint => Table.GetValueOrDefault(codePoint))];

    /// <summary>The look of a character; empty for an invisible character, <see langword="null"/> if it looks like itself.</summary>
    internal static string? Of(int codePoint) => codePoint < 128 ? OfAscii[codePoint] : Table.GetValueOrDefault(codePoint);

    private static Dictionary<int, string> ReadEmbedded()
    {
        using var stream = typeof(LookAlikes).Assembly.GetManifestResourceStream("look_alikes.txt")
            ?? throw new InvalidOperationException("This build of the service has no table of look-alikes in it.");
        using var reader = new StreamReader(stream);
        var table = new Dictionary<int, string>(16_384);
        while (reader.ReadLine() is { } line)
        {
            if (!line.StartsWith('#'))
            {
                Add(line, table);
            }
        }

        return table;
    }

    /// <summary>One line: the target's code points, a semicolon, the code points and ranges that look like it.</summary>
    private static void Add(string line, Dictionary<int, string> table)
    {
        var semicolon = line.IndexOf(';');
        var target = new StringBuilder();
        foreach (var codePoint in line[..semicolon].Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            target.AppendRune(new Rune(Number(codePoint)));
        }

        var text = target.ToString();
        foreach (var range in line[(semicolon + 1)..].Split(' '))
        {
            var ends = range.Split('-');
            for (var codePoint = Number(ends[0]); codePoint <= Number(ends[^1]); codePoint++)
            {
                table.Add(codePoint, text);
            }
        }
    }

    private static int Number(string hex) => int.Parse(hex, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);
}
