using static GrpcDcr.Server.Model.Capability;
using static GrpcDcr.Server.Model.ClientsConcerned;
using static GrpcDcr.Server.Model.MemberDefault;
using static GrpcDcr.Server.Model.MemberKind;
using static GrpcDcr.Server.Model.OnUpdate;
using static GrpcDcr.Server.Model.Unsupported;

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
        "tls_client_certificate_bound_access_tokens", 37, Flag, MutualTls, WidensIfRemoved, feature: Features.MtlsBoundTokens,
        unsupported: Refuse, published: "tls_client_certificate_bound_access_tokens");
    public static MetadataMember TlsClientAuthSubjectDn { get; } = new(
        "tls_client_auth_subject_dn", 38, Text, MutualTls, WidensIfChanged, capability: ClientCertificates, concerned: CertificateClients);
    public static MetadataMember TlsClientAuthSanDns { get; } = new(
        "tls_client_auth_san_dns", 39, Text, MutualTls, WidensIfChanged, capability: ClientCertificates, concerned: CertificateClients);
    public static MetadataMember TlsClientAuthSanUri { get; } = new(
        "tls_client_auth_san_uri", 40, Text, MutualTls, WidensIfChanged, capability: ClientCertificates, concerned: CertificateClients);
    public static MetadataMember TlsClientAuthSanIp { get; } = new(
        "tls_client_auth_san_ip", 41, Text, MutualTls, WidensIfChanged, capability: ClientCertificates, concerned: CertificateClients);
    public static MetadataMember TlsClientAuthSanEmail { get; } = new(
        "tls_client_auth_san_email", 42, Text, MutualTls, WidensIfChanged, capability: ClientCertificates, concerned: CertificateClients);
    public static MetadataMember RequireSignedRequestObject { get; } = new(
        "require_signed_request_object", 43, Flag, SignedRequests, WidensIfRemoved, feature: Features.SignedRequestObjects,
        unsupported: Refuse);
    public static MetadataMember RequirePushedAuthorizationRequests { get; } = new(
        "require_pushed_authorization_requests", 44, Flag, PushedRequests, WidensIfRemoved, feature: Features.Par, unsupported: Refuse);
    public static MetadataMember DpopBoundAccessTokens { get; } = new(
        "dpop_bound_access_tokens", 45, Flag, ProofOfPossession, WidensIfRemoved, feature: Features.Dpop, unsupported: Refuse);
    public static MetadataMember AuthorizationDetailsTypes { get; } = new(
        "authorization_details_types", 46, Texts, RichRequests, WidensIfAdded, capability: ListedValues, unsupported: Narrow,
        published: "authorization_details_types_supported");
    public static MetadataMember IntrospectionSignedResponseAlg { get; } = new(
        "introspection_signed_response_alg", 47, Text, Introspection, WidensIfWeaker, capability: ListedValues, unsupported: Refuse,
        byDefault: SigningAlgorithm, choices: "introspection_signing_alg_values_supported");
    public static MetadataMember IntrospectionEncryptedResponseAlg { get; } = new(
        "introspection_encrypted_response_alg", 48, Text, Introspection, WidensIfWeaker, capability: ListedValues, unsupported: Refuse,
        choices: "introspection_encryption_alg_values_supported");
    public static MetadataMember IntrospectionEncryptedResponseEnc { get; } = new(
        "introspection_encrypted_response_enc", 49, Text, Introspection, WidensIfWeaker, capability: ListedValues, unsupported: Refuse,
        byDefault: ContentEncryption, choices: "introspection_encryption_enc_values_supported");
    public static MetadataMember ResponseModes { get; } = new(
        "response_modes", 62, Texts, ResponseEncoding, WidensIfAdded, capability: ListedValues, unsupported: Narrow,
        published: "response_modes_supported");
    public static MetadataMember UseMtlsEndpointAliases { get; } = new(
        "use_mtls_endpoint_aliases", 63, Flag, Fapi, WidensIfChanged, feature: Features.MtlsEndpointAliases);
}
