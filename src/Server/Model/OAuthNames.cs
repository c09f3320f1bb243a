namespace GrpcDcr.Server.Model;

/// <summary><c>grant_types</c>, RFC 7591 section 2: the <c>grant_type</c> values of the token endpoint.</summary>
internal static class GrantTypes
{
    public const string AuthorizationCode = "authorization_code";
    public const string RefreshToken = "refresh_token";
    public const string ClientCredentials = "client_credentials";
    public const string Implicit = "implicit";

    /// <summary>Forbidden by RFC 9700 section 2.4.</summary>
    public const string Password = "password";

    /// <summary>RFC 8628 section 3.4.</summary>
    public const string DeviceCode = "urn:ietf:params:oauth:grant-type:device_code";

    /// <summary>Not a registered name; accepted and registered as <see cref="DeviceCode"/>.</summary>
    public const string DeviceCodeShort = "device_code";

    public const string JwtBearer = "urn:ietf:params:oauth:grant-type:jwt-bearer";
    public const string Saml2Bearer = "urn:ietf:params:oauth:grant-type:saml2-bearer";
    public const string TokenExchange = "urn:ietf:params:oauth:grant-type:token-exchange";
    public const string Ciba = "urn:openid:params:grant-type:ciba";

    /// <summary>The grants that a deployment may allow.</summary>
    public static IReadOnlyList<string> Supportable { get; } =
        [AuthorizationCode, RefreshToken, ClientCredentials, Implicit, DeviceCode, JwtBearer, Saml2Bearer, TokenExchange, Ciba];

    /// <summary>The registered name of a grant.</summary>
    public static string Canonical(string name) => name == DeviceCodeShort ? DeviceCode : name;

    /// <summary>Whether the grant uses a redirect URI.</summary>
    public static bool Redirects(string name) => name is AuthorizationCode or Implicit;

    /// <summary>Whether the grant involves a user for whom the client acts.</summary>
    public static bool InvolvesUser(string name) => name is AuthorizationCode or Implicit or DeviceCode or Ciba;
}

/// <summary><c>response_types</c>, RFC 7591 section 2.</summary>
internal static class ResponseTypes
{
    public const string Code = "code";
    public const string Token = "token";
    public const string IdToken = "id_token";

    private static readonly string[] GrantsOfCode = [GrantTypes.AuthorizationCode];
    private static readonly string[] GrantsOfImplicit = [GrantTypes.Implicit];
    private static readonly string[] GrantsOfHybrid = [GrantTypes.AuthorizationCode, GrantTypes.Implicit];

    /// <summary>The words that make up response types.</summary>
    public static IReadOnlyList<string> Words { get; } = [Code, IdToken, Token];

    /// <summary>
    /// A response type with its words in canonical order, because their order has no meaning (OAuth 2.0 Multiple Response Type Encoding
    /// Practices, section 3).
    /// </summary>
    public static string Canonical(string name)
    {
        if (!name.Contains(' '))
        {
            return name;
        }

        var words = name.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        Array.Sort(words, StringComparer.Ordinal);
        return string.Join(' ', words);
    }

    /// <summary>The grants that a response type requires (RFC 7591 section 2.1, OpenID Connect Registration section 2).</summary>
    public static IReadOnlyList<string> GrantsFor(string name) =>
        (NeedsAuthorizationCode(name), HasWord(name, Token) || HasWord(name, IdToken)) switch
        {
            (true, true) => GrantsOfHybrid,
            (true, false) => GrantsOfCode,
            (false, true) => GrantsOfImplicit,
            (false, false) => [],
        };

    /// <summary>Whether the response type issues an authorization code.</summary>
    public static bool NeedsAuthorizationCode(string name) => HasWord(name, Code);

    private static bool HasWord(ReadOnlySpan<char> name, string word)
    {
        foreach (var range in name.Split(' '))
        {
            if (name[range].SequenceEqual(word))
            {
                return true;
            }
        }

        return false;
    }
}

/// <summary><c>token_endpoint_auth_method</c>, RFC 7591 section 2.</summary>
internal static class AuthMethods
{
    public const string None = "none";
    public const string ClientSecretBasic = "client_secret_basic";
    public const string ClientSecretPost = "client_secret_post";

    /// <summary>OpenID Connect Core section 9, RFC 7523: assertions signed with the secret.</summary>
    public const string ClientSecretJwt = "client_secret_jwt";

    /// <summary>OpenID Connect Core section 9, RFC 7523: assertions signed with a key of the client.</summary>
    public const string PrivateKeyJwt = "private_key_jwt";

    /// <summary>RFC 8705 section 2.1: a certificate of a trusted authority.</summary>
    public const string TlsClientAuth = "tls_client_auth";

    /// <summary>RFC 8705 section 2.2: a certificate registered in the client's own keys.</summary>
    public const string SelfSignedTlsClientAuth = "self_signed_tls_client_auth";

    /// <summary>The methods that a deployment may allow.</summary>
    public static IReadOnlyList<string> Supportable { get; } =
        [ClientSecretBasic, ClientSecretPost, None, PrivateKeyJwt, ClientSecretJwt, TlsClientAuth, SelfSignedTlsClientAuth];

    /// <summary>Whether a client of this method sends its secret itself.</summary>
    public static bool SendsSecret(string? method) => method is ClientSecretBasic or ClientSecretPost;

    /// <summary>Whether a client of this method gets a secret.</summary>
    public static bool UsesSecret(string? method) => method is ClientSecretBasic or ClientSecretPost or ClientSecretJwt;
}

/// <summary><c>application_type</c>, OpenID Connect Registration 1.0 section 2.</summary>
internal static class ApplicationTypes
{
    public const string Web = "web";
    public const string Native = "native";
}

/// <summary><c>subject_type</c>, OpenID Connect Core 1.0 section 8.</summary>
internal static class SubjectTypes
{
    public const string Public = "public";
    public const string Pairwise = "pairwise";
}

/// <summary><c>backchannel_token_delivery_mode</c>, CIBA Core section 5.</summary>
internal static class DeliveryModes
{
    public const string Poll = "poll";
    public const string Ping = "ping";
    public const string Push = "push";
}

/// <summary>
/// The <c>error</c> values of RFC 7591 section 3.2.2, RFC 6750 section 3.1, RFC 6749 sections 4.1.2.1 and 5.2, and those of this service.
/// </summary>
internal static class OAuthErrors
{
    public const string InvalidRedirectUri = "invalid_redirect_uri";
    public const string InvalidClientMetadata = "invalid_client_metadata";
    public const string InvalidSoftwareStatement = "invalid_software_statement";
    public const string UnapprovedSoftwareStatement = "unapproved_software_statement";
    public const string InvalidRequest = "invalid_request";
    public const string InvalidToken = "invalid_token";
    public const string InsufficientScope = "insufficient_scope";
    public const string AccessDenied = "access_denied";
    public const string InvalidClient = "invalid_client";
    public const string TemporarilyUnavailable = "temporarily_unavailable";
    public const string ServerError = "server_error";

    /// <summary>Not defined by an RFC: registration is disabled or closed.</summary>
    public const string RegistrationNotSupported = "registration_not_supported";

    /// <summary>Not defined by an RFC: the rate limit is exceeded (RFC 6585 section 4).</summary>
    public const string TooManyRequests = "too_many_requests";
}

/// <summary>The members that the service sets in addition to the metadata; no client can set them.</summary>
internal static class MemberNames
{
    // RFC 7591 section 3.2.1, RFC 7592 section 3.
    public const string ClientId = "client_id";
    public const string ClientSecret = "client_secret";
    public const string ClientIdIssuedAt = "client_id_issued_at";
    public const string ClientSecretExpiresAt = "client_secret_expires_at";
    public const string RegistrationAccessToken = "registration_access_token";
    public const string RegistrationClientUri = "registration_client_uri";

    /// <summary>Defined by this service: the state of the client.</summary>
    public const string ClientStatus = "client_status";

    /// <summary>Defined by this service: the reason for the state, for users.</summary>
    public const string PublicReason = "public_reason";

    /// <summary>Defined by this service: the update that waits for approval.</summary>
    public const string PendingUpdate = "pending_update";

    public static IReadOnlyList<string> Issued { get; } =
    [
        ClientId, ClientSecret, ClientIdIssuedAt, ClientSecretExpiresAt, RegistrationAccessToken, RegistrationClientUri, ClientStatus,
        PublicReason, PendingUpdate,
    ];
}
