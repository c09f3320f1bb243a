using System.Globalization;
using System.Text;

namespace GrpcDcr.Server.Policy.Names;

/// <summary>
/// A name as a reader sees it: the skeletons of its words, without separators. It therefore makes no difference whether words are separated
/// by spaces, hyphens, case (<c>ChatGPT</c>) or inside (<c>C l a u d e</c>). A run of whole words is a slice between two starts.
/// </summary>
internal sealed class NormalizedName
{
    private NormalizedName(string letters, IReadOnlyList<int> starts)
    {
        Letters = letters;
        Starts = starts;
    }

    /// <summary>Only letters and digits.</summary>
    public string Letters { get; }

    /// <summary>Where each word starts in <see cref="Letters"/>, followed by the end.</summary>
    public IReadOnlyList<int> Starts { get; }

    /// <summary>
    /// The name as it is, without <see cref="Disguise"/>, and in lower case if that differs. Outside of Latin, an upper-case and a
    /// lower-case letter can look like different letters (Greek upper-case nu like N, lower-case nu like v), so that one reading alone
    /// would miss the same name in upper case. Skeletons of ASCII have no case.
    /// </summary>
    public static IEnumerable<NormalizedName> Readings(string name)
    {
        var divided = Divided(name);
        var skeleton = Skeleton.Of(divided);
        yield return Read(skeleton);
        yield return Read(Skeleton.Of(Divided(Disguise.Undone(name))));
        if (Ascii.IsValid(name))
        {
            yield break;
        }

        var inSmall = Skeleton.Of(divided.ToLowerInvariant());
        if (inSmall != skeleton)
        {
            yield return Read(inSmall);
        }
    }

    private static NormalizedName Read(string skeleton)
    {
        var letters = new StringBuilder(skeleton.Length);
        var starts = new List<int> { 0 };
        foreach (var rune in skeleton.EnumerateRunes())
        {
            if (KindOf(rune) != Kind.Other)
            {
                letters.AppendRune(rune);
            }
            else if (starts[^1] != letters.Length)
            {
                starts.Add(letters.Length);
            }
        }

        if (starts[^1] != letters.Length)
        {
            starts.Add(letters.Length);
        }

        return new NormalizedName(letters.ToString(), starts);
    }

    /// <summary>
    /// The name with spaces inserted where characters change their kind: lower case to upper case, the last of several upper-case letters
    /// before a lower-case one, letters to digits, letters or digits to other characters, and back.
    /// </summary>
    private static string Divided(string name)
    {
        var divided = new StringBuilder(name.Length + 16);
        var (before, last) = (Kind.Other, Kind.Other);
        var lastAt = 0;
        foreach (var rune in name.EnumerateRunes())
        {
            var kind = KindOf(rune);
            if (kind == Kind.Joined)
            {
                divided.AppendRune(rune);
                continue;
            }

            if ((before, last, kind) == (Kind.Capital, Kind.Capital, Kind.Small))
            {
                divided.Insert(lastAt, ' ');
            }
            else if (kind != last && (last, kind) != (Kind.Capital, Kind.Small))
            {
                divided.Append(' ');
            }

            (before, last, lastAt) = (last, kind, divided.Length);
            divided.AppendRune(rune);
        }

        return divided.ToString();
    }

    private static Kind KindOf(Rune rune) => Rune.GetUnicodeCategory(rune) switch
    {
        UnicodeCategory.UppercaseLetter or UnicodeCategory.TitlecaseLetter => Kind.Capital,
        UnicodeCategory.LowercaseLetter => Kind.Small,
        UnicodeCategory.OtherLetter or UnicodeCategory.ModifierLetter => Kind.Letter,
        UnicodeCategory.DecimalDigitNumber or UnicodeCategory.LetterNumber or UnicodeCategory.OtherNumber => Kind.Digit,
        UnicodeCategory.NonSpacingMark or UnicodeCategory.EnclosingMark or UnicodeCategory.SpacingCombiningMark
            or UnicodeCategory.Format => Kind.Joined,
        _ => Kind.Other,
    };

    /// <summary>The kind of a character, for finding words.</summary>
    private enum Kind
    {
        /// <summary>Space, punctuation, symbol or unknown.</summary>
        Other,
        Capital,
        Small,

        /// <summary>A letter without case.</summary>
        Letter,
        Digit,

        /// <summary>Belongs to the preceding character.</summary>
        Joined,
    }
}
