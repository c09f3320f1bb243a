using GrpcDcr.Server.Model;
using GrpcDcr.Server.Policy;
using GrpcDcr.Server.Syntax;

namespace GrpcDcr.Server.Validation.Values;

/// <summary>
/// <c>client_uri</c>, <c>logo_uri</c>, <c>tos_uri</c> and <c>policy_uri</c>, RFC 7591 section 2: shown to users, so only URIs that a
/// browser fetches as a page or an image.
/// </summary>
internal static class WebPageRules
{
    private static readonly MetadataMember[] Members =
        [CoreMembers.ClientUri, CoreMembers.LogoUri, CoreMembers.TosUri, CoreMembers.PolicyUri];

    internal static void Check(ClientMetadata registered, RegistrationPolicy policy, Violations violations)
    {
        foreach (var member in Members)
        {
            Check(member, registered.Text(member), policy, violations);
        }

        if (policy.DisplayUrisShareHost)
        {
            CheckHosts(registered, policy, violations);
        }
    }

    /// <summary>
    /// RFC 7591 section 5: a page on another host may be deceptive. Native apps and clients without redirect URIs have no host.
    /// </summary>
    private static void CheckHosts(ClientMetadata registered, RegistrationPolicy policy, Violations violations)
    {
        var redirects = registered.RedirectUris;
        if (redirects.Count == 0 || redirects.Count > policy.Limits.RedirectUris || redirects.Any(uri => uri.IsForNativeOnly))
        {
            return;
        }

        foreach (var (member, uri) in Pages(registered))
        {
            if (!redirects.Any(redirect => UriOrigin.HostIsShared(UriText.Split(uri), redirect.Parts)))
            {
                violations.Add(member, $"{member} is not on the host of a redirect URI, which this server requires (RFC 7591 section 5).");
            }
        }
    }

    private static IEnumerable<(string Member, string Uri)> Pages(ClientMetadata registered)
    {
        foreach (var member in Members)
        {
            if (registered.Text(member) is { } uri)
            {
                yield return (member, uri);
            }

            foreach (var (name, value) in registered.Localized)
            {
                if (MetadataMembers.FindTranslated(name) == member)
                {
                    yield return (name, value);
                }
            }
        }
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
