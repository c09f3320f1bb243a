using GrpcDcr.Server.Model;
using GrpcDcr.Server.Policy;
using GrpcDcr.Server.Syntax;
using GrpcDcr.Server.Validation.Values;
using static GrpcDcr.Server.Model.ExtensionMembers;

namespace GrpcDcr.Server.Validation.Members;

/// <summary>
/// Members about authorization requests: <c>default_max_age</c>, <c>initiate_login_uri</c>, <c>request_uris</c> (OpenID Connect
/// Registration section 2) and <c>require_signed_request_object</c> (RFC 9101 section 10.5).
/// </summary>
internal static class AuthenticationRequestRules
{
    internal static void Check(ClientMetadata registered, RegistrationPolicy policy, Violations violations)
    {
        if (registered.Number(DefaultMaxAge) is < 0)
        {
            violations.Add(DefaultMaxAge, $"{DefaultMaxAge} is not a whole number of seconds, 0 or more.");
        }

        if (registered.Text(InitiateLoginUri) is { } initiate && HttpsUri.Fault(initiate, policy.Limits.UriLength) is { } fault)
        {
            violations.Add(InitiateLoginUri, $"{InitiateLoginUri} {fault}.");
        }

        var signing = registered.Text(RequestObjectSigningAlg);
        if (registered.Flag(RequireSignedRequestObject) && signing == JoseAlgorithms.None)
        {
            violations.Add(
                RequireSignedRequestObject,
                $"{RequireSignedRequestObject} is true, but {RequestObjectSigningAlg} is none (RFC 9101 section 10.5).");
        }

        CheckRequestUris(registered, areSigned: signing is not (null or JoseAlgorithms.None), policy, violations);
    }

    private static void CheckRequestUris(ClientMetadata registered, bool areSigned, RegistrationPolicy policy, Violations violations)
    {
        var uris = registered.Texts(RequestUris);
        for (var i = 0; i < uris.Count; i++)
        {
            if (RequestUriFault(uris[i], areSigned, policy) is { } fault)
            {
                violations.Add(RequestUris, i, $"{RedirectUriRules.Label(RequestUris, i, uris[i])} {fault}.");
            }
        }
    }

    /// <summary>A fragment may be the hash of the document (OpenID Connect Core section 6.2).</summary>
    private static string? RequestUriFault(string uri, bool areSigned, RegistrationPolicy policy)
    {
        var fault = UriSyntax.LengthFault(uri, policy.Limits.UriLength) ?? UriSyntax.CharacterFault(uri);
        if (fault is not null)
        {
            return fault;
        }

        var text = UriText.Split(uri);
        return UriSchemes.IsHttps(text.Scheme) ? UriSyntax.AuthorityFault(text)
            : !UriSchemes.IsHttp(text.Scheme) ? "is not an absolute https URI"
            : areSigned ? UriSyntax.AuthorityFault(text)
            : $"uses http, which is only allowed where {RequestObjectSigningAlg} says that request objects are signed";
    }
}
