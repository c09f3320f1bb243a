using System.Text;

namespace GrpcDcr.Server.Policy.Names;

/// <summary>
/// The skeleton of a text: two texts that look alike to a reader have the same one (UTS #39 section 4). Unlike UTS #39, case, marks and
/// invisible characters make no difference. A skeleton is used for comparison only.
/// </summary>
internal static class Skeleton
{
    /// <summary>The look of each character in order. Marks are removed, so no reordering is needed.</summary>
    internal static string Of(string text)
    {
        var skeleton = new StringBuilder(text.Length + 16);
        foreach (var rune in text.EnumerateRunes())
        {
            if (Hangul.IsSyllable(rune.Value))
            {
                Hangul.Decompose(rune.Value, out var first, out var middle, out var last);
                Append(skeleton, first);
                Append(skeleton, middle);
                Append(skeleton, last);
            }
            else
            {
                Append(skeleton, rune);
            }
        }

        return skeleton.ToString();
    }

    private static void Append(StringBuilder skeleton, Rune? rune)
    {
        if (rune is not { } seen)
        {
            return;
        }

        if (LookAlikes.Of(seen.Value) is { } look)
        {
            skeleton.Append(look);
        }
        else
        {
            skeleton.AppendRune(seen);
        }
    }

    /// <summary>
    /// Korean syllables are composed of letters by rule (the Unicode Standard, section 3.12), so the table does not list them.
    /// </summary>
    private static class Hangul
    {
        private const int FirstSyllable = 0xAC00;
        private const int Syllables = 11_172;
        private const int Middles = 21;

        /// <summary>The number of final letters, including none.</summary>
        private const int Lasts = 28;

        internal static bool IsSyllable(int codePoint) => (uint)(codePoint - FirstSyllable) < Syllables;

        internal static void Decompose(int syllable, out Rune first, out Rune middle, out Rune? last)
        {
            var index = syllable - FirstSyllable;
            first = new Rune(0x1100 + (index / (Middles * Lasts)));
            middle = new Rune(0x1161 + (index / Lasts % Middles));
            last = index % Lasts is var number and > 0 ? new Rune(0x11A7 + number) : null;
        }
    }
}
