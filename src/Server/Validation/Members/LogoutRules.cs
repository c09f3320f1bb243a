using GrpcDcr.Server.Model;
using GrpcDcr.Server.Policy;
using GrpcDcr.Server.Syntax;
using static GrpcDcr.Server.Model.ExtensionMembers;

namespace GrpcDcr.Server.Validation.Members;

/// <summary>
/// <c>frontchannel_logout_uri</c> (OpenID Connect Front-Channel Logout section 2) and <c>backchannel_logout_uri</c> (OpenID Connect
/// Back-Channel Logout section 2.2).
/// </summary>
internal static class LogoutRules
{
    internal static void Check(ClientMetadata registered, RegistrationPolicy policy, Violations violations)
    {
        if (registered.Text(FrontchannelLogoutUri) is { } front && FrontchannelFault(front, registered, policy) is { } fault)
        {
            violations.Add(FrontchannelLogoutUri, $"{FrontchannelLogoutUri} {fault}.");
        }

        if (registered.Text(BackchannelLogoutUri) is { } back && HttpsUri.Fault(back, policy.Limits.UriLength) is { } backFault)
        {
            violations.Add(BackchannelLogoutUri, $"{BackchannelLogoutUri} {backFault}.");
        }
    }

    private static string? FrontchannelFault(string uri, ClientMetadata registered, RegistrationPolicy policy)
    {
        var fault = UriSyntax.LengthFault(uri, policy.Limits.UriLength) ?? UriSyntax.CharacterFault(uri);
        if (fault is not null)
        {
            return fault;
        }

        var text = UriText.Split(uri);
        if (!UriSchemes.IsHttps(text.Scheme) && !UriSchemes.IsHttp(text.Scheme))
        {
            return "is not an absolute http or https URI";
        }

        return text.HasFragment
            ? "has a fragment; none is allowed"
            : UriSyntax.AuthorityFault(text)
                ?? (registered.RedirectUris.Take(policy.Limits.RedirectUris)
                        .Any(redirect => UriOrigin.IsShared(UriText.Split(uri), redirect.Parts))
                    ? null
                    : "does not have the scheme, host and port of a redirect URI");
    }
}
