using static GrpcDcr.Server.Model.Capability;
using static GrpcDcr.Server.Model.MemberDefault;
using static GrpcDcr.Server.Model.MemberKind;
using static GrpcDcr.Server.Model.MemberParts;
using static GrpcDcr.Server.Model.OnUpdate;
using static GrpcDcr.Server.Model.Unsupported;

namespace GrpcDcr.Server.Model;

/// <summary>The members of other specifications: all names of the IANA registry, and those of CIBA and JARM.</summary>
internal static partial class ExtensionMembers
{
    private const string Registration = "OpenID Connect Registration 1.0 section 2";

    public static MetadataMember SectorIdentifierUri { get; } = new(
        "sector_identifier_uri", 20, Text, Registration, WidensIfChanged, capability: PairwiseSubjects);
    public static MetadataMember SubjectType { get; } = new(
        "subject_type", 21, Text, Registration, WidensIfChanged, capability: ListedValues, byDefault: FirstSupported,
        choices: "subject_types_supported");
    public static MetadataMember IdTokenSignedResponseAlg { get; } = new(
        "id_token_signed_response_alg", 22, Text, Registration, WidensIfWeaker, capability: ListedValues, byDefault: SigningAlgorithm,
        choices: "id_token_signing_alg_values_supported");
    public static MetadataMember IdTokenEncryptedResponseAlg { get; } = new(
        "id_token_encrypted_response_alg", 23, Text, Registration, WidensIfWeaker, capability: ListedValues, unsupported: Refuse,
        choices: "id_token_encryption_alg_values_supported");
    public static MetadataMember IdTokenEncryptedResponseEnc { get; } = new(
        "id_token_encrypted_response_enc", 24, Text, Registration, WidensIfWeaker, capability: ListedValues, unsupported: Refuse,
        byDefault: ContentEncryption, choices: "id_token_encryption_enc_values_supported");
    public static MetadataMember UserinfoSignedResponseAlg { get; } = new(
        "userinfo_signed_response_alg", 25, Text, Registration, WidensIfWeaker, capability: ListedValues, unsupported: Refuse,
        choices: "userinfo_signing_alg_values_supported");
    public static MetadataMember UserinfoEncryptedResponseAlg { get; } = new(
        "userinfo_encrypted_response_alg", 26, Text, Registration, WidensIfWeaker, capability: ListedValues, unsupported: Refuse,
        choices: "userinfo_encryption_alg_values_supported");
    public static MetadataMember UserinfoEncryptedResponseEnc { get; } = new(
        "userinfo_encrypted_response_enc", 27, Text, Registration, WidensIfWeaker, capability: ListedValues, unsupported: Refuse,
        byDefault: ContentEncryption, choices: "userinfo_encryption_enc_values_supported");
    public static MetadataMember RequestObjectSigningAlg { get; } = new(
        "request_object_signing_alg", 28, Text, Registration, WidensIfWeaker, capability: ListedValues, unsupported: Refuse,
        choices: "request_object_signing_alg_values_supported");
    public static MetadataMember RequestObjectEncryptionAlg { get; } = new(
        "request_object_encryption_alg", 29, Text, Registration, WidensIfWeaker, capability: ListedValues, unsupported: Refuse,
        choices: "request_object_encryption_alg_values_supported");
    public static MetadataMember RequestObjectEncryptionEnc { get; } = new(
        "request_object_encryption_enc", 30, Text, Registration, WidensIfWeaker, capability: ListedValues, unsupported: Refuse,
        byDefault: ContentEncryption, choices: "request_object_encryption_enc_values_supported");
    public static MetadataMember TokenEndpointAuthSigningAlg { get; } = new(
        "token_endpoint_auth_signing_alg", 31, Text, Registration, WidensIfWeaker, capability: ClientAssertions,
        choices: "token_endpoint_auth_signing_alg_values_supported");
    public static MetadataMember DefaultMaxAge { get; } = new(
        "default_max_age", 32, Number, Registration, WidensIfGreater, feature: Features.AuthTime);
    public static MetadataMember RequireAuthTime { get; } = new(
        "require_auth_time", 33, Flag, Registration, WidensIfRemoved, feature: Features.AuthTime);
    public static MetadataMember DefaultAcrValues { get; } = new(
        "default_acr_values", 34, Texts, Registration, WidensIfChanged, capability: ListedValues, unsupported: Narrow,
        published: "acr_values_supported");
    public static MetadataMember InitiateLoginUri { get; } = new(
        "initiate_login_uri", 35, Text, Registration, WidensIfChanged, feature: Features.InitiateLogin);
    public static MetadataMember RequestUris { get; } = new(
        "request_uris", 36, Texts, Registration, WidensIfAdded, feature: Features.RequestUri, parts: Targets,
        published: "request_uri_parameter_supported");
}
