using System.Globalization;
using System.Text;
using GrpcDcr.Server.Model;
using GrpcDcr.Server.Policy;
using GrpcDcr.Server.Syntax;

namespace GrpcDcr.Server.Validation.Values;

/// <summary>
/// Free text: <c>client_name</c>, and the check of all free text. Nothing is trimmed or normalised (RFC 7591 section 2.2).
/// </summary>
internal static class TextRules
{
    private const int ZeroWidthNonJoiner = 0x200C;
    private const int ZeroWidthJoiner = 0x200D;

    internal static void Check(ClientMetadata registered, RegistrationPolicy policy, Violations violations)
    {
        if (registered.ClientName is { } name)
        {
            CheckName(CoreMembers.ClientName, name, policy, violations);
        }
    }

    /// <summary>Users rely on the name, so it must be visible, without invisible characters (RFC 7591 sections 2 and 5).</summary>
    internal static void CheckName(string member, string name, RegistrationPolicy policy, Violations violations)
    {
        if ((Fault(name, policy.Limits.TextLength) ?? InvisibleFault(name) ?? BlankFault(name)) is { } fault)
        {
            violations.Add(member, $"{member} {fault}.");
        }
    }

    /// <summary>What is wrong with a free text, worded to follow its name, or <see langword="null"/>.</summary>
    internal static string? Fault(string text, int longest)
    {
        if (text.Length > longest)
        {
            return string.Create(CultureInfo.InvariantCulture, $"is {text.Length} characters long; at most {longest} are allowed");
        }

        if (!text.AsSpan().ContainsAnyExceptInRange(' ', '~'))
        {
            return null;
        }

        for (var i = 0; i < text.Length; i++)
        {
            if (char.IsControl(text[i]))
            {
                return "has a control character; none is allowed";
            }

            if (char.IsSurrogatePair(text, i))
            {
                i++;
            }
            else if (char.IsSurrogate(text[i]))
            {
                return "has an unpaired surrogate, which is not Unicode text";
            }
        }

        return null;
    }

    private static string? BlankFault(string name) =>
        VisibleText.IsIn(name) ? null : "has nothing to see in it, only spaces or blank characters";

    private static string? InvisibleFault(string name)
    {
        if (!name.AsSpan().ContainsAnyExceptInRange(' ', '~'))
        {
            return null;
        }

        var before = new Rune(' ');
        var joining = false;
        foreach (var rune in name.EnumerateRunes())
        {
            if (IsInvisible(rune) || (joining && rune.IsAscii))
            {
                return Invisible;
            }

            joining = rune.Value is ZeroWidthJoiner or ZeroWidthNonJoiner;
            if (joining && before.IsAscii)
            {
                return Invisible;
            }

            before = rune;
        }

        return joining ? Invisible : null;
    }

    private const string Invisible = "has an invisible or text-direction character, which could make it look like another name";

    /// <summary>
    /// Format characters and line separators. The two joiners are excepted: Persian, Indic scripts and emoji need them, so they are allowed
    /// between characters that are not ASCII.
    /// </summary>
    private static bool IsInvisible(Rune rune) =>
        rune.Value is not (ZeroWidthJoiner or ZeroWidthNonJoiner)
        && Rune.GetUnicodeCategory(rune) is UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator;
}
