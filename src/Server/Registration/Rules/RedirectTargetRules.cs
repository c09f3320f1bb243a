using GrpcDcr.Server.Model;
using GrpcDcr.Server.Registration.Policy;

namespace GrpcDcr.Server.Registration.Rules;

/// <summary>Where policy, tokens and statement issuers let redirect URIs lead (RFC 7591 section 5).</summary>
internal static class RedirectTargetRules
{
    internal static void Check(ClientMetadata registered, RegistrationPolicy policy, Violations violations)
    {
        if (registered.RedirectUris.Count > policy.Limits.RedirectUris)
        {
            return;
        }

        for (var i = 0; i < registered.RedirectUris.Count; i++)
        {
            var uri = registered.RedirectUris[i];
            if (RedirectUriKinds.Of(uri) == RedirectUriKind.Unusable)
            {
                continue;
            }

            if (policy.DeniedRedirects.Allow(uri))
            {
                Add(i, uri, "leads to a host or scheme that is not allowed here", violations);
            }

            foreach (var bound in policy.RedirectBounds.Where(bound => !bound.Allow(uri)))
            {
                Add(i, uri, $"leads elsewhere than is allowed. Allowed: {bound}", violations);
            }
        }
    }

    private static void Add(int index, string uri, string fault, Violations violations) =>
        violations.Add(MemberNames.RedirectUris, $"{RedirectUriRules.Label(index, uri)} {fault}.");
}
