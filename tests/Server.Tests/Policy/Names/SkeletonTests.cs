using System.Globalization;
using System.Text;
using GrpcDcr.Server.Policy.Names;

namespace GrpcDcr.Server.Tests.Policy.Names;

/// <summary>UTS #39 section 4, and what this service takes as alike beyond it.</summary>
public sealed class SkeletonTests
{
    [Theory]
    // The table of UTS #39.
    [InlineData("paypal", "\u0440\u0430\u0443\u0440\u0430l")]
    [InlineData("scope", "\u0455\u0441\u043e\u0440\u0435")]
    [InlineData("O", "0")]
    [InlineData("l", "1")]
    [InlineData("l", "I")]
    [InlineData("l", "|")]
    [InlineData("l", "\u04cf")]
    [InlineData("m", "rn")]
    [InlineData("c", "\u2ca5")]
    [InlineData("C", "\u03f9")]
    [InlineData("Claude", "\u13df\u13de\u13aa\u13cc\u13a0\u13ac")]
    [InlineData("Claude", "\U0001d4d2\U0001d4f5\U0001d4ea\U0001d4fe\U0001d4ed\U0001d4ee")]
    [InlineData("Claude", "\uff23\uff4c\uff41\uff55\uff44\uff45")]
    // Case, also of capitals that look like another letter's small one.
    [InlineData("claude", "CLAUDE")]
    [InlineData("kiro", "KIRO")]
    [InlineData("kiro", "K1R0")]
    [InlineData("GEMINI", "gernini")]
    [InlineData("stra\u00dfe", "STRA\u1e9eE")]
    // Marks, composed or not, and letters with strokes.
    [InlineData("Claude", "Cl\u00e2ud\u00e9")]
    [InlineData("Claude", "Cl\u0061\u0302ude\u0301")]
    [InlineData("Claude", "c\u0332l\u0332a\u0332u\u0332d\u0332e\u0332")]
    [InlineData("lod", "\u0142\u00f8\u0111")]
    [InlineData("A", "\u1eae")]
    // What is not seen.
    [InlineData("Claude", "Cl\u200bau\u00adde\ufeff")]
    [InlineData("Claude", "\u202eClaude\u2069")]
    [InlineData("Claude", "Cl\ufe0fau\u3164d\U000e0061e")]
    // Styles.
    [InlineData("Claude", "\u24b8\u24db\u24d0\u24e4\u24d3\u24d4")]
    [InlineData("Claude", "\U0001f152\U0001f15b\U0001f150\U0001f164\U0001f153\U0001f154")]
    [InlineData("Claude", "\U0001f1e8\U0001f1f1\U0001f1e6\U0001f1fa\U0001f1e9\U0001f1ea")]
    [InlineData("Claude", "\u1d04\u029f\u1d00\u1d1c\u1d05\u1d07")]
    [InlineData("Claude", "\u1d9c\u02e1\u1d43\u1d58\u1d48\u1d49")]
    [InlineData("windsurf", "vvindsurf")]
    // Korean: the syllable and its letters, and the letters that are written twice.
    [InlineData("\uce74\uce74\uc624", "\u110f\u1161\u110f\u1161\u110b\u1169")]
    [InlineData("\uae4c", "\u1100\u1100\u1161")]
    [InlineData("\uac01", "\u1100\u1161\u11a8")]
    [InlineData("a b", "a\u00a0b")]
    public void These_look_alike(string text, string other) => Assert.Equal(Skeleton.Of(text), Skeleton.Of(other));

    [Theory]
    [InlineData("Claude", "Claudia")]
    [InlineData("Claude", "Clause")]
    [InlineData("bank", "rank")]
    [InlineData("u", "v")]
    // Greek capital nu is an N, small nu a v.
    [InlineData("\u039d", "\u03bd")]
    [InlineData("a b", "ab")]
    [InlineData("\uac00", "\uac01")]
    [InlineData("\ud7a3", "\ud7a2")]
    [InlineData("", " ")]
    public void These_do_not(string text, string other) => Assert.NotEqual(Skeleton.Of(text), Skeleton.Of(other));

    /// <summary>Half a surrogate pair is no Unicode text; it must not stop the comparison.</summary>
    [Fact]
    public void Takes_any_text() => Assert.Equal("a\ufffdb", Skeleton.Of("a\ud800b"));

    [Fact]
    public void A_skeleton_is_its_own_skeleton() => Assert.Equal([], AllRunes()
        .Select(rune => Skeleton.Of(rune.ToString()))
        .Where(skeleton => Skeleton.Of(skeleton) != skeleton));

    [Fact]
    public void A_skeleton_of_ascii_has_no_case() => Assert.Equal([], AllRunes()
        .Where(rune => rune.IsAscii && Skeleton.Of(rune.ToString()) != Skeleton.Of(Rune.ToLowerInvariant(rune).ToString())));

    /// <summary>A text of the longest length cannot grow without bound.</summary>
    [Fact]
    public void No_character_becomes_more_than_eighteen() =>
        Assert.Equal(18, AllRunes().Max(rune => Skeleton.Of(rune.ToString()).Length));

    /// <summary>The runtime's Unicode may be older than the table's, so it is the table that must not miss any.</summary>
    [Fact]
    public void Nothing_of_marks_and_format_characters_is_left() => Assert.Equal([], AllRunes()
        .Where(rune => Rune.GetUnicodeCategory(rune)
            is UnicodeCategory.NonSpacingMark or UnicodeCategory.EnclosingMark or UnicodeCategory.Format)
        .Where(rune => Skeleton.Of(rune.ToString()).Length > 0)
        .Select(rune => rune.Value));

    private static IEnumerable<Rune> AllRunes() => Enumerable.Range(0, 0x110000).Where(Rune.IsValid).Select(value => new Rune(value));
}
