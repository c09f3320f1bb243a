using GrpcDcr.Server.Model;
using GrpcDcr.Server.Policy;
using GrpcDcr.Server.Syntax;
using GrpcDcr.Server.Validation.Members;
using GrpcDcr.Server.Validation.Values;

namespace GrpcDcr.Server.Validation;

/// <summary>
/// Language-tagged members, RFC 7591 section 2.2: <c>client_name#ja</c>. Each follows the rules of the member without a tag.
/// </summary>
internal static class LocalizedRules
{
    private const int LongestTag = 64;
    private const int LongestSubtag = 8;

    /// <summary>
    /// The member to name in a violation of a language-tagged member: its full name, or the member without the tag if the tag is malformed,
    /// because it may then contain any characters.
    /// </summary>
    internal static string AtFault(string name) =>
        name.IndexOf('#', StringComparison.Ordinal) is var end && IsLanguageTag(name.AsSpan(end + 1)) ? name : name[..end];

    internal static void Check(ClientMetadata registered, RegistrationPolicy policy, Violations violations)
    {
        var localized = registered.Localized;
        if (localized.Count == 0)
        {
            return;
        }

        if (localized.Count > policy.Limits.Localized)
        {
            violations.Add(
                CoreMembers.ClientName,
                $"{localized.Count} members have a language tag; at most {policy.Limits.Localized} are allowed.");
            return;
        }

        var seen = new HashSet<string>(localized.Count, StringComparer.OrdinalIgnoreCase);
        foreach (var name in localized.Keys.Order(StringComparer.Ordinal))
        {
            CheckOne(name, localized[name], isNew: seen.Add(name), policy, violations);
        }
    }

    // MetadataDefaults has left out names that belong to no member.
    private static void CheckOne(string name, string value, bool isNew, RegistrationPolicy policy, Violations violations)
    {
        var member = MetadataMembers.FindTranslated(name)!;
        if (AtFault(name) != name)
        {
            violations.Add(member, $"{Excerpt.Of(name)} has no language tag after the number sign, such as en or pt-BR (BCP 47).");
        }
        else if (!isNew)
        {
            violations.Add(name, $"{name} is present twice; language tags compare without case (RFC 7591 section 2.2).");
        }
        else if (member == CoreMembers.ClientName)
        {
            TextRules.CheckName(name, value, policy, violations);
        }
        else if (FederationRules.IsReadable(member))
        {
            FederationRules.CheckReadable(member, name, value, policy, violations);
        }
        else
        {
            WebPageRules.Check(name, value, policy, violations);
        }
    }

    /// <summary>The shape of RFC 5646 section 2.1: subtags of 1 to 8 letters and digits; the first has letters only.</summary>
    private static bool IsLanguageTag(ReadOnlySpan<char> tag)
    {
        if (tag.Length is 0 or > LongestTag || !char.IsAsciiLetter(tag[0]))
        {
            return false;
        }

        var isFirst = true;
        foreach (var range in tag.Split('-'))
        {
            var subtag = tag[range];
            if (subtag.Length is 0 or > LongestSubtag || !IsOf(subtag, lettersOnly: isFirst))
            {
                return false;
            }

            isFirst = false;
        }

        return true;
    }

    private static bool IsOf(ReadOnlySpan<char> subtag, bool lettersOnly)
    {
        foreach (var character in subtag)
        {
            if (!(lettersOnly ? char.IsAsciiLetter(character) : char.IsAsciiLetterOrDigit(character)))
            {
                return false;
            }
        }

        return true;
    }
}
