using System.Buffers;
using GrpcDcr.Server.Model;
using GrpcDcr.Server.Policy;
using GrpcDcr.Server.Syntax;

namespace GrpcDcr.Server.Validation;

/// <summary><c>grant_types</c>, RFC 7591 section 2.</summary>
internal static class GrantTypeRules
{
    /// <summary>A URI, or letters, digits, hyphen, dot and underscore: RFC 6749 appendix A.10.</summary>
    private static readonly SearchValues<char> NameCharacters = SearchValues.Create(
        "-._ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789");

    internal static void Check(ClientMetadata asked, ClientMetadata registered, RegistrationPolicy policy, Violations violations)
    {
        if (asked.GrantTypes.Count > policy.Limits.ListLength)
        {
            violations.Add(
                CoreMembers.GrantTypes,
                $"grant_types has {asked.GrantTypes.Count} entries; at most {policy.Limits.ListLength} are allowed.");
            return;
        }

        foreach (var grant in asked.GrantTypes)
        {
            if (!IsName(grant))
            {
                violations.Add(
                    CoreMembers.GrantTypes,
                    $"grant_types has the value {Excerpt.Of(grant)}, which is not made of the characters of RFC 6749 appendix A.10.");
            }
        }

        CheckUsable(registered.GrantTypes, policy, violations);
    }

    /// <summary><see cref="Narrowing"/> has left out unsupported grants unless no supported one remained.</summary>
    private static void CheckUsable(IReadOnlyList<string> grants, RegistrationPolicy policy, Violations violations)
    {
        foreach (var grant in grants)
        {
            if (!policy.GrantTypes.Contains(grant) && IsName(grant))
            {
                violations.Add(
                    CoreMembers.GrantTypes,
                    $"grant_types has the unsupported value {Excerpt.Of(grant)} and no supported one. Supported: {policy.GrantTypes}.");
            }
        }

        if (policy.SeparateGrants && grants.Contains(GrantTypes.ClientCredentials) && grants.Any(GrantTypes.InvolvesUser))
        {
            violations.Add(
                CoreMembers.GrantTypes,
                "grant_types has client_credentials and a grant for users; register two clients (RFC 7591 section 5).");
        }

        if (grants is [GrantTypes.RefreshToken])
        {
            violations.Add(
                CoreMembers.GrantTypes,
                "grant_types has refresh_token alone, but another grant must issue the first refresh token. "
                + $"Supported: {policy.GrantTypes}.");
        }
    }

    private static bool IsName(string grant) => grant.Contains(':', StringComparison.Ordinal)
        ? UriSyntax.CharacterFault(grant) is null
        : grant.Length > 0 && !grant.AsSpan().ContainsAnyExcept(NameCharacters);
}
