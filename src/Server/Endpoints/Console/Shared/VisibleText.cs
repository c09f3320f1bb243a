using System.Globalization;
using System.Text;
using Microsoft.AspNetCore.Html;

namespace GrpcDcr.Server.Endpoints.Console.Shared;

/// <summary>
/// Text of a client as it is: never a link, isolated from the direction of the text around it, and with a visible sign for each character
/// that would be invisible or would change the order of others.
/// </summary>
internal static class VisibleText
{
    /// <param name="text">The text; <see langword="null"/> for none, which is shown as a dash.</param>
    public static IHtmlContent Of(string? text)
    {
        var content = new HtmlContentBuilder();
        if (string.IsNullOrEmpty(text))
        {
            return content.AppendHtml(text is null
                ? "<span class=\"none\">&#x2013;<span class=\"unseen\"> none</span></span>"
                : "<span class=\"odd\">empty</span>");
        }

        content.AppendHtml("<bdi>");
        var plain = new StringBuilder();
        foreach (var rune in text.EnumerateRunes())
        {
            if (!IsOdd(rune))
            {
                plain.Append(rune);
                continue;
            }

            content.Append(plain.ToString());
            plain.Clear();
            content.AppendHtml("<span class=\"odd\">").Append(NameOf(rune)).AppendHtml("</span>");
        }

        return content.Append(plain.ToString()).AppendHtml("</bdi>");
    }

    /// <summary>A lone surrogate is read as U+FFFD.</summary>
    private static bool IsOdd(Rune rune) => rune == Rune.ReplacementChar || Rune.GetUnicodeCategory(rune) is UnicodeCategory.Control
        or UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator or UnicodeCategory.PrivateUse
        or UnicodeCategory.OtherNotAssigned or UnicodeCategory.Surrogate or UnicodeCategory.EnclosingMark
        || (Rune.GetUnicodeCategory(rune) == UnicodeCategory.SpaceSeparator && rune.Value != ' ');

    private static string NameOf(Rune rune) => string.Create(CultureInfo.InvariantCulture, $"U+{rune.Value:X4}");
}
