using System.Collections.Frozen;
using GrpcDcr.Server.Model;
using GrpcDcr.Server.Policy;
using GrpcDcr.Server.Syntax;

namespace GrpcDcr.Server.Validation;

/// <summary>The members that <c>Registration:RequiredMembers</c> names: sent by the client, and registered.</summary>
internal static class RequiredMemberRules
{
    /// <summary>The members of RFC 7591 section 2 that a client sends, and whether each is there.</summary>
    private static readonly FrozenDictionary<string, Func<ClientMetadata, bool>> Presence = new Dictionary<string, Func<ClientMetadata, bool>>
    {
        [MemberNames.RedirectUris] = client => client.RedirectUris.Count > 0,
        [MemberNames.TokenEndpointAuthMethod] = client => IsText(client.TokenEndpointAuthMethod),
        [MemberNames.GrantTypes] = client => client.GrantTypes.Count > 0,
        [MemberNames.ResponseTypes] = client => client.ResponseTypes.Count > 0,
        [MemberNames.ClientName] = client => IsText(client.ClientName),
        [MemberNames.ClientUri] = client => IsText(client.ClientUri),
        [MemberNames.LogoUri] = client => IsText(client.LogoUri),
        [MemberNames.Scope] = client => IsText(client.Scope),
        [MemberNames.Contacts] = client => client.Contacts.Count > 0,
        [MemberNames.TosUri] = client => IsText(client.TosUri),
        [MemberNames.PolicyUri] = client => IsText(client.PolicyUri),
        [MemberNames.JwksUri] = client => IsText(client.JwksUri),
        [MemberNames.Jwks] = client => client.Jwks is not null,
        [MemberNames.SoftwareId] = client => IsText(client.SoftwareId),
        [MemberNames.SoftwareVersion] = client => IsText(client.SoftwareVersion),
        [MemberNames.ApplicationType] = client => IsText(client.ApplicationType),
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>The names of RFC 7591 section 2 and <c>application_type</c>.</summary>
    internal static IReadOnlyList<string> CoreNames => Presence.Keys;

    internal static void Check(ClientMetadata asked, ClientMetadata registered, RegistrationPolicy policy, Violations violations)
    {
        foreach (var member in policy.RequiredMembers)
        {
            if (!IsThere(asked, member) || !IsThere(registered, member))
            {
                violations.Add(member, $"{member} is missing; this server requires it.");
            }
        }
    }

    private static bool IsThere(ClientMetadata client, string member) =>
        Presence.TryGetValue(member, out var isThere) ? isThere(client) : client.Extensions.ContainsKey(member);

    private static bool IsText(string? value) => !string.IsNullOrEmpty(value);
}
