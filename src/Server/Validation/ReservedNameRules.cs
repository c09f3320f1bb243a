using GrpcDcr.Server.Model;
using GrpcDcr.Server.Policy;
using GrpcDcr.Server.Syntax;

namespace GrpcDcr.Server.Validation;

/// <summary>
/// Names that belong to somebody (RFC 7591 section 5): only clients all of whose redirect URIs lead where the name is at home may have
/// them, in any language and in any look-alike spelling.
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
        // A longer text is refused for its length.
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
