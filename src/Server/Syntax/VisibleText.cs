using System.Globalization;
using System.Text;

namespace GrpcDcr.Server.Syntax;

/// <summary>The one test whether there is something to see in a text: names, contacts and required members are blank otherwise.</summary>
internal static class VisibleText
{
    /// <summary>
    /// Letters and symbols that show nothing: characters that Unicode says to ignore where they are not supported
    /// (Default_Ignorable_Code_Point), and blanks that it does not call spaces (Braille, musical notation, hieroglyphs, Khitan filler).
    /// Spaces and format characters are recognised by their category; controls are refused by other rules. Pairs of first and last code
    /// point.
    /// </summary>
    private static readonly int[] Blank =
    [
        0x034F, 0x034F, 0x115F, 0x1160, 0x17B4, 0x17B5, 0x180B, 0x180F, 0x2800, 0x2800, 0x3164, 0x3164, 0xFE00, 0xFE0F, 0xFFA0, 0xFFA0,
        0xFFF0, 0xFFF8, 0x13441, 0x13442, 0x16FE4, 0x16FE4, 0x1D159, 0x1D159, 0xE0000, 0xE0FFF,
    ];

    /// <summary>Whether at least one character is visible.</summary>
    internal static bool IsIn(string text)
    {
        foreach (var rune in text.EnumerateRunes())
        {
            if (IsVisible(rune))
            {
                return true;
            }
        }

        return false;
    }

    private static bool IsVisible(Rune rune) => Rune.GetUnicodeCategory(rune) is not (
            UnicodeCategory.SpaceSeparator or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator
            or UnicodeCategory.Format)
        && !IsBlank(rune.Value);

    private static bool IsBlank(int codePoint)
    {
        for (var i = 0; i < Blank.Length; i += 2)
        {
            if (codePoint >= Blank[i] && codePoint <= Blank[i + 1])
            {
                return true;
            }
        }

        return false;
    }
}
