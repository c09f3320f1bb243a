using System.Collections.Frozen;

namespace GrpcDcr.Server.Model;

/// <summary>The JSON type of a metadata member.</summary>
internal enum MemberKind
{
    Text,
    Texts,
    Flag,
    Number,
    Object,
}

/// <summary>
/// The client metadata that specifications beside RFC 7591 define: all names of the IANA registry, and those of CIBA and JARM. Each has
/// a field of the same name in <c>client_metadata.proto</c>.
/// </summary>
internal static class ExtensionMembers
{
    // OpenID Connect Registration 1.0 section 2.
    public const string SectorIdentifierUri = "sector_identifier_uri";
    public const string SubjectType = "subject_type";
    public const string IdTokenSignedResponseAlg = "id_token_signed_response_alg";
    public const string IdTokenEncryptedResponseAlg = "id_token_encrypted_response_alg";
    public const string IdTokenEncryptedResponseEnc = "id_token_encrypted_response_enc";
    public const string UserinfoSignedResponseAlg = "userinfo_signed_response_alg";
    public const string UserinfoEncryptedResponseAlg = "userinfo_encrypted_response_alg";
    public const string UserinfoEncryptedResponseEnc = "userinfo_encrypted_response_enc";
    public const string RequestObjectSigningAlg = "request_object_signing_alg";
    public const string RequestObjectEncryptionAlg = "request_object_encryption_alg";
    public const string RequestObjectEncryptionEnc = "request_object_encryption_enc";
    public const string TokenEndpointAuthSigningAlg = "token_endpoint_auth_signing_alg";
    public const string DefaultMaxAge = "default_max_age";
    public const string RequireAuthTime = "require_auth_time";
    public const string DefaultAcrValues = "default_acr_values";
    public const string InitiateLoginUri = "initiate_login_uri";
    public const string RequestUris = "request_uris";

    // RFC 8705 sections 2.1.2 and 3.4.
    public const string TlsClientCertificateBoundAccessTokens = "tls_client_certificate_bound_access_tokens";
    public const string TlsClientAuthSubjectDn = "tls_client_auth_subject_dn";
    public const string TlsClientAuthSanDns = "tls_client_auth_san_dns";
    public const string TlsClientAuthSanUri = "tls_client_auth_san_uri";
    public const string TlsClientAuthSanIp = "tls_client_auth_san_ip";
    public const string TlsClientAuthSanEmail = "tls_client_auth_san_email";

    // RFC 9101 section 10.5, RFC 9126 section 6, RFC 9449 section 5.2, RFC 9396 section 10.
    public const string RequireSignedRequestObject = "require_signed_request_object";
    public const string RequirePushedAuthorizationRequests = "require_pushed_authorization_requests";
    public const string DpopBoundAccessTokens = "dpop_bound_access_tokens";
    public const string AuthorizationDetailsTypes = "authorization_details_types";

    // RFC 9701 section 6.
    public const string IntrospectionSignedResponseAlg = "introspection_signed_response_alg";
    public const string IntrospectionEncryptedResponseAlg = "introspection_encrypted_response_alg";
    public const string IntrospectionEncryptedResponseEnc = "introspection_encrypted_response_enc";

    // OpenID Connect RP-Initiated, Front-Channel and Back-Channel Logout 1.0.
    public const string PostLogoutRedirectUris = "post_logout_redirect_uris";
    public const string FrontchannelLogoutUri = "frontchannel_logout_uri";
    public const string FrontchannelLogoutSessionRequired = "frontchannel_logout_session_required";
    public const string BackchannelLogoutUri = "backchannel_logout_uri";
    public const string BackchannelLogoutSessionRequired = "backchannel_logout_session_required";

    // CIBA Core section 4, JARM section 3, OAuth 2.0 Multiple Response Type Encoding Practices.
    public const string BackchannelTokenDeliveryMode = "backchannel_token_delivery_mode";
    public const string BackchannelClientNotificationEndpoint = "backchannel_client_notification_endpoint";
    public const string BackchannelAuthenticationRequestSigningAlg = "backchannel_authentication_request_signing_alg";
    public const string BackchannelUserCodeParameter = "backchannel_user_code_parameter";
    public const string AuthorizationSignedResponseAlg = "authorization_signed_response_alg";
    public const string AuthorizationEncryptedResponseAlg = "authorization_encrypted_response_alg";
    public const string AuthorizationEncryptedResponseEnc = "authorization_encrypted_response_enc";
    public const string ResponseModes = "response_modes";

    // FAPI 2.0 Security Profile, UMA 2.0 Grant section 2, ETSI GS NFV-SEC 022, OpenID4VP 1.0.
    public const string UseMtlsEndpointAliases = "use_mtls_endpoint_aliases";
    public const string ClaimsRedirectUris = "claims_redirect_uris";
    public const string NfvTokenSignedResponseAlg = "nfv_token_signed_response_alg";
    public const string NfvTokenEncryptedResponseAlg = "nfv_token_encrypted_response_alg";
    public const string NfvTokenEncryptedResponseEnc = "nfv_token_encrypted_response_enc";
    public const string EncryptedResponseEncValuesSupported = "encrypted_response_enc_values_supported";
    public const string VpFormatsSupported = "vp_formats_supported";

    // OpenID Federation 1.0.
    public const string ClientRegistrationTypes = "client_registration_types";
    public const string SignedJwksUri = "signed_jwks_uri";
    public const string OrganizationName = "organization_name";
    public const string Description = "description";
    public const string Keywords = "keywords";
    public const string InformationUri = "information_uri";
    public const string OrganizationUri = "organization_uri";

    /// <summary>Every name with its type; strings where nothing else is said.</summary>
    public static FrozenDictionary<string, MemberKind> Kinds { get; } = new[]
    {
        Of(
            MemberKind.Text,
            SectorIdentifierUri, SubjectType, IdTokenSignedResponseAlg, IdTokenEncryptedResponseAlg, IdTokenEncryptedResponseEnc,
            UserinfoSignedResponseAlg, UserinfoEncryptedResponseAlg, UserinfoEncryptedResponseEnc, RequestObjectSigningAlg,
            RequestObjectEncryptionAlg, RequestObjectEncryptionEnc, TokenEndpointAuthSigningAlg, InitiateLoginUri, TlsClientAuthSubjectDn,
            TlsClientAuthSanDns, TlsClientAuthSanUri, TlsClientAuthSanIp, TlsClientAuthSanEmail, IntrospectionSignedResponseAlg,
            IntrospectionEncryptedResponseAlg, IntrospectionEncryptedResponseEnc, FrontchannelLogoutUri, BackchannelLogoutUri,
            BackchannelTokenDeliveryMode, BackchannelClientNotificationEndpoint, BackchannelAuthenticationRequestSigningAlg,
            AuthorizationSignedResponseAlg, AuthorizationEncryptedResponseAlg, AuthorizationEncryptedResponseEnc, NfvTokenSignedResponseAlg,
            NfvTokenEncryptedResponseAlg, NfvTokenEncryptedResponseEnc, SignedJwksUri, OrganizationName, Description, InformationUri,
            OrganizationUri),
        Of(
            MemberKind.Texts,
            DefaultAcrValues, RequestUris, AuthorizationDetailsTypes, PostLogoutRedirectUris, ResponseModes, ClaimsRedirectUris,
            EncryptedResponseEncValuesSupported, ClientRegistrationTypes, Keywords),
        Of(
            MemberKind.Flag,
            RequireAuthTime, TlsClientCertificateBoundAccessTokens, RequireSignedRequestObject, RequirePushedAuthorizationRequests,
            DpopBoundAccessTokens, FrontchannelLogoutSessionRequired, BackchannelLogoutSessionRequired, BackchannelUserCodeParameter,
            UseMtlsEndpointAliases),
        Of(MemberKind.Number, DefaultMaxAge),
        Of(MemberKind.Object, VpFormatsSupported),
    }.SelectMany(kinds => kinds).ToFrozenDictionary(StringComparer.Ordinal);

    private static IEnumerable<KeyValuePair<string, MemberKind>> Of(MemberKind kind, params string[] names) =>
        names.Select(name => KeyValuePair.Create(name, kind));
}
