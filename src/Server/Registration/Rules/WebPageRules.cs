using GrpcDcr.Server.Model;
using GrpcDcr.Server.Registration.Policy;

namespace GrpcDcr.Server.Registration.Rules;

/// <summary>
/// <c>client_uri</c>, <c>logo_uri</c>, <c>tos_uri</c> and <c>policy_uri</c>, RFC 7591 section 2: shown to users, so only what a
/// browser fetches as a page or an image.
/// </summary>
internal static class WebPageRules
{
    internal static void Check(ClientMetadata registered, RegistrationPolicy policy, Violations violations)
    {
        Check(MemberNames.ClientUri, registered.ClientUri, policy, violations);
        Check(MemberNames.LogoUri, registered.LogoUri, policy, violations);
        Check(MemberNames.TosUri, registered.TosUri, policy, violations);
        Check(MemberNames.PolicyUri, registered.PolicyUri, policy, violations);
    }

    internal static void Check(string member, string? uri, RegistrationPolicy policy, Violations violations)
    {
        if (uri is not null && Fault(uri, policy) is { } fault)
        {
            violations.Add(member, $"{member} {fault}.");
        }
    }

    private static string? Fault(string uri, RegistrationPolicy policy)
    {
        var fault = UriSyntax.LengthFault(uri, policy.Limits.UriLength) ?? UriSyntax.CharacterFault(uri);
        if (fault is not null)
        {
            return fault;
        }

        var text = UriText.Split(uri);
        var isHttp = UriSchemes.IsHttp(text.Scheme);
        return isHttp || UriSchemes.IsHttps(text.Scheme)
            ? UriSyntax.AuthorityFault(text)
                ?? (isHttp && !HostSyntax.IsLoopback(text.Host) ? "uses http on a host that is not loopback; use https" : null)
            : "is not an absolute https URI";
    }
}
