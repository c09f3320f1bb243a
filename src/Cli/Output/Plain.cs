using System.Globalization;
using System.Text;

namespace GrpcDcr.Cli.Output;

/// <summary>
/// Text of strangers for a terminal: names of clients and messages of servers could have control characters that move the cursor, recolour
/// or reorder what an administrator reads before a decision.
/// </summary>
internal static class Plain
{
    /// <summary>The text on one line.</summary>
    public static string Line(string text) => Escaped(text, keepLineBreaks: false);

    /// <summary>The text with its line breaks.</summary>
    public static string Lines(string text) => Escaped(text, keepLineBreaks: true);

    private static string Escaped(string text, bool keepLineBreaks)
    {
        var escaped = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
        {
            if (IsVisible(rune) || (keepLineBreaks && rune.Value == '\n'))
            {
                escaped.Append(rune);
            }
            else
            {
                escaped.Append(CultureInfo.InvariantCulture, $"\\u{{{rune.Value:x}}}");
            }
        }

        return escaped.ToString();
    }

    /// <summary>Neither a control character nor one that formats, such as those that turn the direction of the text.</summary>
    private static bool IsVisible(Rune rune) => Rune.GetUnicodeCategory(rune)
        is not (UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator
            or UnicodeCategory.PrivateUse or UnicodeCategory.OtherNotAssigned);
}
