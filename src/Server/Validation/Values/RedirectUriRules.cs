using GrpcDcr.Server.Model;
using GrpcDcr.Server.Policy;
using GrpcDcr.Server.Syntax;

namespace GrpcDcr.Server.Validation.Values;

/// <summary>
/// <c>redirect_uris</c>: RFC 6749 section 3.1.2, RFC 7591 section 5, RFC 8252 section 7, RFC 9700 section 2.1. The list is
/// registered exactly as sent, or the whole registration is refused (OpenID Connect Registration section 3.2).
/// </summary>
internal static class RedirectUriRules
{
    internal static void Check(ClientMetadata registered, RegistrationPolicy policy, Violations violations)
    {
        var uris = registered.RedirectUris;
        if (uris.Count == 0)
        {
            CheckNeeded(registered, violations);
            return;
        }

        if (uris.Count > policy.Limits.RedirectUris)
        {
            violations.Add(
                CoreMembers.RedirectUris,
                $"redirect_uris has {uris.Count} entries; at most {policy.Limits.RedirectUris} are allowed.");
            return;
        }

        for (var i = 0; i < uris.Count; i++)
        {
            if (Fault(uris[i], policy) is { } fault)
            {
                violations.Add(CoreMembers.RedirectUris, i, $"{Label(i, uris[i].Text)} {fault}.");
            }
        }

        if (!policy.Compatibility)
        {
            CheckDuplicates(uris, violations);
        }
    }

    /// <summary>The name of an entry in a description. A URI with an at sign is not quoted, because it may contain a password.</summary>
    internal static string Label(int index, string uri) => Label(CoreMembers.RedirectUris, index, uri);

    /// <summary>The name of an entry of another list of URIs.</summary>
    internal static string Label(string member, int index, string uri) =>
        uri.Contains('@') ? $"{member}[{index}]" : $"{member}[{index}] {Excerpt.Of(uri)}";

    /// <summary>What is wrong with one redirect URI, or <see langword="null"/>. Text first: see <see cref="UriText"/>.</summary>
    internal static string? Fault(RedirectUri uri, RegistrationPolicy policy)
    {
        if (uri.Text.Length == 0)
        {
            return "is empty";
        }

        var fault = UriSyntax.LengthFault(uri.Text, policy.Limits.RedirectUriLength) ?? UriSyntax.CharacterFault(uri.Text);
        if (fault is not null)
        {
            return fault;
        }

        var text = uri.Parts;
        return text.HasFragment
            ? "has a fragment; none is allowed, not even an empty one (RFC 6749 section 3.1.2)"
            : (UriSchemes.IsHttps(text.Scheme) || UriSchemes.IsHttp(text.Scheme) ? HttpFault(text, policy) : PrivateUseFault(text, policy))
                ?? KindFault(uri, policy);
    }

    private static string? KindFault(RedirectUri uri, RegistrationPolicy policy) =>
        policy.RedirectUriKinds.Contains(uri.KindName)
            ? null
            : $"is of a kind that is not allowed. Allowed: {policy.RedirectUriKinds}";

    private static string? HttpFault(UriText text, RegistrationPolicy policy)
    {
        var fault = UriSyntax.AuthorityFault(text);
        if (fault is not null)
        {
            return fault;
        }

        if (UriSchemes.IsHttp(text.Scheme) && !HostSyntax.IsLoopback(text.Host))
        {
            return "uses http, which is only allowed on localhost, 127.0.0.1 and [::1]; use https (RFC 7591 section 5)";
        }

        return PathAndQueryFault(text, policy);
    }

    private static string? PrivateUseFault(UriText text, RegistrationPolicy policy)
    {
        if (!UriSchemes.IsWellFormed(text.Scheme))
        {
            return "is not an absolute URI; it must begin with a scheme such as https, followed by a colon (RFC 3986 section 4.3)";
        }

        if (UriSchemes.IsDangerous(text.Scheme))
        {
            return "has a scheme that is never allowed; use https, http on loopback, or a private-use scheme";
        }

        if (!text.Scheme.Contains('.') && !policy.AllowUnlistedPrivateUseSchemes && !policy.ListsPrivateUseScheme(text.Scheme))
        {
            return "has an unknown scheme without a dot; a private-use scheme is a reversed domain name (RFC 8252 section 7.1)";
        }

        if (text.Authority.IsEmpty && text.Path.IsEmpty)
        {
            return "has nothing after its scheme";
        }

        if (LooksLikePort(text))
        {
            return "looks like a host and port without a scheme; begin it with https and two slashes";
        }

        return text.Authority.Contains('@') ? "has userinfo before its host; none is allowed" : PathAndQueryFault(text, policy);
    }

    /// <summary><c>localhost:3000/cb</c> formally has the scheme <c>localhost</c>, which is a mistake.</summary>
    private static bool LooksLikePort(UriText text)
    {
        var first = text.HasAuthority || !text.Path.Contains('/') ? text.Path : text.Path[..text.Path.IndexOf('/')];
        return !text.HasAuthority && !first.IsEmpty && !first.ContainsAnyExceptInRange('0', '9');
    }

    private static string? PathAndQueryFault(UriText text, RegistrationPolicy policy)
    {
        if (text.Authority.Contains('*') || text.Path.Contains('*'))
        {
            return "has an asterisk; patterns are not allowed, register every redirect URI in full (RFC 9700 section 2.1)";
        }

        return UriSyntax.PathFault(text.Path)
            ?? UriSyntax.BracketFault(text)
            ?? (policy.RefuseResponseParameters && ResponseParameters.AreIn(text.Query)
                ? "has a query parameter of an authorization response, such as code or state; rename it"
                : null);
    }

    private static void CheckNeeded(ClientMetadata registered, Violations violations)
    {
        if (registered.GrantTypes.Any(GrantTypes.Redirects))
        {
            violations.Add(
                CoreMembers.RedirectUris,
                "redirect_uris is missing or empty; "
                + "the grant types authorization_code and implicit need at least one (RFC 7591 section 2).");
        }
    }

    private static void CheckDuplicates(IReadOnlyList<RedirectUri> uris, Violations violations)
    {
        var seen = new HashSet<RedirectUri>(uris.Count);
        for (var i = 0; i < uris.Count; i++)
        {
            if (!seen.Add(uris[i]))
            {
                violations.Add(CoreMembers.RedirectUris, i, $"{Label(i, uris[i].Text)} is in the list more than once.");
            }
        }
    }
}
