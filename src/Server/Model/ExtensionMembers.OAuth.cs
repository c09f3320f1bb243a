namespace GrpcDcr.Server.Model;

/// <content>Mutual TLS, signed, pushed and rich requests, DPoP, introspection.</content>
internal static partial class ExtensionMembers
{
    private const string MutualTls = "RFC 8705";
    private const string SignedRequests = "RFC 9101 section 10.5";
    private const string PushedRequests = "RFC 9126 section 6";
    private const string ProofOfPossession = "RFC 9449 section 5.2";
    private const string RichRequests = "RFC 9396 section 10";
    private const string Introspection = "RFC 9701 section 6";
    private const string ResponseEncoding = "OAuth 2.0 Multiple Response Type Encoding Practices";
    private const string Fapi = "FAPI 2.0 Security Profile section 5.2.2.1.1";

    public static MetadataMember TlsClientCertificateBoundAccessTokens { get; } = new(
        "tls_client_certificate_bound_access_tokens", 37, MemberKind.Flag, MutualTls, OnUpdate.WidensIfRemoved)
    {
        Capability = Capability.Feature, Feature = Features.MtlsBoundTokens, Unsupported = Unsupported.Refuse,
        Published = "tls_client_certificate_bound_access_tokens",
    };
    public static MetadataMember TlsClientAuthSubjectDn { get; } = new(
        "tls_client_auth_subject_dn", 38, MemberKind.Text, MutualTls, OnUpdate.WidensIfChanged)
    {
        Capability = Capability.ClientCertificates, Concerned = ClientsConcerned.CertificateClients,
    };
    public static MetadataMember TlsClientAuthSanDns { get; } = new(
        "tls_client_auth_san_dns", 39, MemberKind.Text, MutualTls, OnUpdate.WidensIfChanged)
    {
        Capability = Capability.ClientCertificates, Concerned = ClientsConcerned.CertificateClients,
    };
    public static MetadataMember TlsClientAuthSanUri { get; } = new(
        "tls_client_auth_san_uri", 40, MemberKind.Text, MutualTls, OnUpdate.WidensIfChanged)
    {
        Capability = Capability.ClientCertificates, Concerned = ClientsConcerned.CertificateClients,
    };
    public static MetadataMember TlsClientAuthSanIp { get; } = new(
        "tls_client_auth_san_ip", 41, MemberKind.Text, MutualTls, OnUpdate.WidensIfChanged)
    {
        Capability = Capability.ClientCertificates, Concerned = ClientsConcerned.CertificateClients,
    };
    public static MetadataMember TlsClientAuthSanEmail { get; } = new(
        "tls_client_auth_san_email", 42, MemberKind.Text, MutualTls, OnUpdate.WidensIfChanged)
    {
        Capability = Capability.ClientCertificates, Concerned = ClientsConcerned.CertificateClients,
    };
    public static MetadataMember RequireSignedRequestObject { get; } = new(
        "require_signed_request_object", 43, MemberKind.Flag, SignedRequests, OnUpdate.WidensIfRemoved)
    {
        Capability = Capability.Feature, Feature = Features.SignedRequestObjects, Unsupported = Unsupported.Refuse,
    };
    public static MetadataMember RequirePushedAuthorizationRequests { get; } = new(
        "require_pushed_authorization_requests", 44, MemberKind.Flag, PushedRequests, OnUpdate.WidensIfRemoved)
    {
        Capability = Capability.Feature, Feature = Features.Par, Unsupported = Unsupported.Refuse,
    };
    public static MetadataMember DpopBoundAccessTokens { get; } = new(
        "dpop_bound_access_tokens", 45, MemberKind.Flag, ProofOfPossession, OnUpdate.WidensIfRemoved)
    {
        Capability = Capability.Feature, Feature = Features.Dpop, Unsupported = Unsupported.Refuse,
    };
    public static MetadataMember AuthorizationDetailsTypes { get; } = new(
        "authorization_details_types", 46, MemberKind.Texts, RichRequests, OnUpdate.WidensIfAdded)
    {
        Capability = Capability.Values, Published = "authorization_details_types_supported",
    };
    public static MetadataMember IntrospectionSignedResponseAlg { get; } = new(
        "introspection_signed_response_alg", 47, MemberKind.Text, Introspection, OnUpdate.WidensIfChanged)
    {
        Capability = Capability.Values, Unsupported = Unsupported.Refuse, Default = MemberDefault.SigningAlgorithm,
        Published = "introspection_signing_alg_values_supported",
    };
    public static MetadataMember IntrospectionEncryptedResponseAlg { get; } = new(
        "introspection_encrypted_response_alg", 48, MemberKind.Text, Introspection, OnUpdate.WidensIfChanged)
    {
        Capability = Capability.Values, Unsupported = Unsupported.Refuse, Published = "introspection_encryption_alg_values_supported",
    };
    public static MetadataMember IntrospectionEncryptedResponseEnc { get; } = new(
        "introspection_encrypted_response_enc", 49, MemberKind.Text, Introspection, OnUpdate.WidensIfChanged)
    {
        Capability = Capability.Values, Unsupported = Unsupported.Refuse, Default = MemberDefault.ContentEncryption,
        Published = "introspection_encryption_enc_values_supported",
    };
    public static MetadataMember ResponseModes { get; } = new(
        "response_modes", 62, MemberKind.Texts, ResponseEncoding, OnUpdate.WidensIfAdded)
    {
        Capability = Capability.Values, Unsupported = Unsupported.Narrow, Published = "response_modes_supported",
    };
    public static MetadataMember UseMtlsEndpointAliases { get; } = new(
        "use_mtls_endpoint_aliases", 63, MemberKind.Flag, Fapi, OnUpdate.WidensIfChanged)
    {
        Capability = Capability.Feature, Feature = Features.MtlsEndpointAliases,
    };
}
