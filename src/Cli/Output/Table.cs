using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;

namespace GrpcDcr.Cli.Output;

/// <summary>Writes rows in columns. Widths are those of the first rows; later rows that are wider move what follows.</summary>
internal sealed class Table(IReadOnlyList<Column> columns, TextWriter output, bool color)
{
    private const int LongestCell = 60;
    private const string Gap = "  ";

    private int[]? _widths;

    /// <summary>Writes rows, and the titles before the first ones.</summary>
    public async Task WriteAsync(IReadOnlyList<JsonObject> items)
    {
        var rows = items.Select(item => columns.Select(column => Cell(column.Value(item), column.IsWhole)).ToArray()).ToList();
        if (_widths is null)
        {
            string[] titles = [.. columns.Select(column => column.Title)];
            _widths = [.. columns.Select((_, i) => rows.Prepend(titles).Max(row => Width(row[i])))];
            await output.WriteLineAsync(Row(titles));
        }

        foreach (var row in rows)
        {
            await output.WriteLineAsync(Row(row));
        }
    }

    private static string Cell(string text, bool isWhole)
    {
        var plain = Plain.Line(text);
        return plain.Length == 0 ? "-" : isWhole || plain.Length <= LongestCell ? plain : $"{plain[..(LongestCell - 1)]}…";
    }

    private string Row(string[] cells)
    {
        var line = new StringBuilder();
        for (var i = 0; i < cells.Length; i++)
        {
            line.Append(i == 0 ? "" : Gap).Append(Colors.Of(cells[i], color));
            if (i < cells.Length - 1)
            {
                line.Append(' ', Math.Max(0, _widths![i] - Width(cells[i])));
            }
        }

        return line.ToString();
    }

    /// <summary>Columns of a terminal: letters of East Asia take two.</summary>
    private static int Width(string text)
    {
        var width = 0;
        foreach (var rune in text.EnumerateRunes())
        {
            width += Rune.GetUnicodeCategory(rune) is UnicodeCategory.NonSpacingMark or UnicodeCategory.EnclosingMark ? 0
                : rune.Value is (>= 0x1100 and <= 0x115f) or (>= 0x2e80 and <= 0xa4cf) or (>= 0xac00 and <= 0xd7a3)
                    or (>= 0xf900 and <= 0xfaff) or (>= 0xfe30 and <= 0xfe6f) or (>= 0xff00 and <= 0xff60)
                    or (>= 0x1f300 and <= 0x3fffd) ? 2
                : 1;
        }

        return width;
    }
}
