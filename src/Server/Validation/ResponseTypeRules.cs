using GrpcDcr.Server.Model;
using GrpcDcr.Server.Policy;
using GrpcDcr.Server.Syntax;

namespace GrpcDcr.Server.Validation;

/// <summary>
/// <c>response_types</c>, RFC 7591 sections 2 and 2.1, with the table of OpenID Connect Registration section 2: the grants that each
/// response type requires.
/// </summary>
internal static class ResponseTypeRules
{
    internal static void Check(ClientMetadata registered, RegistrationPolicy policy, Violations violations)
    {
        var types = registered.ResponseTypes;
        if (types.Count > policy.Limits.ListLength)
        {
            violations.Add(
                CoreMembers.ResponseTypes, $"response_types has {types.Count} entries; at most {policy.Limits.ListLength} are allowed.");
            return;
        }

        foreach (var type in types)
        {
            CheckType(type, registered.GrantTypes, policy, violations);
        }

        CheckCompleteness(registered, violations);
    }

    private static void CheckType(string type, IReadOnlyList<string> grants, RegistrationPolicy policy, Violations violations)
    {
        if (!policy.ResponseTypes.Contains(type))
        {
            violations.Add(
                CoreMembers.ResponseTypes,
                $"response_types has the unsupported value {Excerpt.Of(type)}. Supported: {policy.ResponseTypes}.");
            return;
        }

        foreach (var grant in ResponseTypes.GrantsFor(type))
        {
            if (!grants.Contains(grant))
            {
                violations.Add(
                    CoreMembers.ResponseTypes,
                    $"The response type {Excerpt.Of(type)} needs the grant type {grant} (RFC 7591 section 2.1).");
            }
        }
    }

    /// <summary>A redirect grant without its response type could never be used.</summary>
    private static void CheckCompleteness(ClientMetadata registered, Violations violations)
    {
        if (registered.GrantTypes.Contains(GrantTypes.AuthorizationCode)
            && !registered.ResponseTypes.Any(ResponseTypes.NeedsAuthorizationCode))
        {
            violations.Add(
                CoreMembers.ResponseTypes,
                "The grant type authorization_code needs a response type with code in it (RFC 7591 section 2.1).");
        }

        if (registered.GrantTypes.Contains(GrantTypes.Implicit) && registered.ResponseTypes.Count == 0)
        {
            violations.Add(
                CoreMembers.ResponseTypes,
                "The grant type implicit needs a response type such as token or id_token (RFC 7591 section 2.1).");
        }
    }
}
