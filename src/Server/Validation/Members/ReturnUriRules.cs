using GrpcDcr.Server.Model;
using GrpcDcr.Server.Policy;
using GrpcDcr.Server.Syntax;
using GrpcDcr.Server.Validation.Values;
using static GrpcDcr.Server.Model.ExtensionMembers;

namespace GrpcDcr.Server.Validation.Members;

/// <summary>
/// Other redirect URIs: <c>post_logout_redirect_uris</c> (OpenID Connect RP-Initiated Logout section 3.1) and <c>claims_redirect_uris</c>
/// (UMA 2.0 Grant section 2). Each is validated like a redirect URI.
/// </summary>
internal static class ReturnUriRules
{
    private static readonly MetadataMember[] Members = [PostLogoutRedirectUris, ClaimsRedirectUris];

    internal static void Check(ClientMetadata registered, RegistrationPolicy policy, Violations violations)
    {
        foreach (var member in Members)
        {
            var uris = registered.Texts(member);
            for (var i = 0; i < uris.Count; i++)
            {
                var uri = new RedirectUri(uris[i]);
                IEnumerable<string> faults = RedirectUriRules.Fault(uri, policy) is { } fault
                    ? [fault]
                    : RedirectTargetRules.Faults(uri, policy);
                foreach (var one in faults)
                {
                    violations.Add(member, i, $"{RedirectUriRules.Label(member, i, uris[i])} {one}.");
                }
            }
        }
    }
}
