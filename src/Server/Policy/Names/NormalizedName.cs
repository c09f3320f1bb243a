using System.Globalization;
using System.Text;

namespace GrpcDcr.Server.Policy.Names;

/// <summary>
/// A name as a reader sees it: its words as skeletons, written together without what stands between them. So it makes no difference
/// whether words are divided by spaces, hyphens, case (<c>ChatGPT</c>) or within (<c>C l a u d e</c>): a run of whole words is a slice
/// between two starts.
/// </summary>
internal sealed class NormalizedName
{
    private NormalizedName(string letters, IReadOnlyList<int> starts)
    {
        Letters = letters;
        Starts = starts;
    }

    /// <summary>Letters and digits alone.</summary>
    public string Letters { get; }

    /// <summary>Where each word starts in <see cref="Letters"/>, and the end as the last.</summary>
    public IReadOnlyList<int> Starts { get; }

    /// <summary>
    /// The name as it is, and where that differs in small letters: outside Latin a capital and its small letter can look like
    /// different letters (Greek capital nu like N, small nu like v), and one reading alone would then miss the same name in capitals.
    /// A skeleton of ASCII has no case.
    /// </summary>
    public static IEnumerable<NormalizedName> Readings(string name)
    {
        var divided = Divided(name);
        var skeleton = Skeleton.Of(divided);
        yield return Read(skeleton);
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
    /// The name with spaces also where its characters change their kind: small letter to capital, the last capital of several to the
    /// small letter after it, letter to digit, letter or digit to anything else, and back.
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

    /// <summary>What a character is to the eye that finds words.</summary>
    private enum Kind
    {
        /// <summary>Space, punctuation, symbol or nothing known.</summary>
        Other,
        Capital,
        Small,

        /// <summary>A letter without case.</summary>
        Letter,
        Digit,

        /// <summary>Belongs to the character before it.</summary>
        Joined,
    }
}
