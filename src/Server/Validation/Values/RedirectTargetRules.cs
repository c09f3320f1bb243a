using GrpcDcr.Server.Model;
using GrpcDcr.Server.Policy;
using GrpcDcr.Server.Syntax;

namespace GrpcDcr.Server.Validation.Values;

/// <summary>The allowed targets of redirect URIs by policy, tokens and statement issuers (RFC 7591 section 5).</summary>
internal static class RedirectTargetRules
{
    internal static void Check(ClientMetadata registered, RegistrationPolicy policy, Violations violations)
    {
        if (registered.RedirectUris.Count > policy.Limits.RedirectUris
            || policy is { DeniedRedirects.IsEmpty: true, RedirectBounds.Count: 0 })
        {
            return;
        }

        for (var i = 0; i < registered.RedirectUris.Count; i++)
        {
            foreach (var fault in Faults(registered.RedirectUris[i], policy))
            {
                violations.Add(CoreMembers.RedirectUris, i, $"{RedirectUriRules.Label(i, registered.RedirectUris[i].Text)} {fault}.");
            }
        }
    }

    /// <summary>What is wrong with the target of a URI, worded to follow it. A URI that cannot be registered has no target.</summary>
    internal static IEnumerable<string> Faults(RedirectUri uri, RegistrationPolicy policy)
    {
        if (uri.Kind == RedirectUriKind.Unusable)
        {
            yield break;
        }

        if (policy.DeniedRedirects.Allow(uri))
        {
            yield return "leads to a host or scheme that is not allowed";
        }

        foreach (var bound in policy.RedirectBounds.Where(bound => !bound.Allow(uri)))
        {
            yield return $"leads to a target that is not allowed. Allowed: {bound}";
        }
    }
}
