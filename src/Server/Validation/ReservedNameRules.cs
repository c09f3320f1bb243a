using GrpcDcr.Server.Model;
using GrpcDcr.Server.Policy;
using GrpcDcr.Server.Syntax;

namespace GrpcDcr.Server.Validation;

/// <summary>
/// Reserved names (RFC 7591 section 5): only clients whose redirect URIs all have an allowed target may use them, in any language and in
/// any look-alike spelling.
/// </summary>
internal static class ReservedNameRules
{
    internal static void Check(ClientMetadata registered, RegistrationPolicy policy, Violations violations)
    {
        if (policy.ReservedNames.IsEmpty)
        {
            return;
        }

        if (registered.ClientName is { } name)
        {
            Check(CoreMembers.ClientName, name, registered.RedirectUris, policy, violations);
        }

        foreach (var (member, text) in registered.Localized.Where(
            member => MetadataMembers.FindTranslated(member.Key) == CoreMembers.ClientName))
        {
            Check(LocalizedRules.AtFault(member), text, registered.RedirectUris, policy, violations);
        }
    }

    private static void Check(
        string member, string name, IReadOnlyList<RedirectUri> redirectUris, RegistrationPolicy policy, Violations violations)
    {
        // A longer text is refused because of its length.
        if (name.Length > policy.Limits.TextLength)
        {
            return;
        }

        foreach (var reserved in policy.ReservedNames.Claimed(name))
        {
            if (redirectUris.Count == 0 || !redirectUris.All(reserved.Targets.Allow))
            {
                violations.Add(
                    member,
                    $"{member} looks like the reserved name {Excerpt.Of(reserved.Name)}, which is for clients with redirect URIs at: "
                    + $"{reserved.Targets}. Choose another name.");
            }
        }
    }
}
