using static GrpcDcr.Server.Model.Capability;
using static GrpcDcr.Server.Model.MemberDefault;
using static GrpcDcr.Server.Model.MemberKind;
using static GrpcDcr.Server.Model.MemberParts;
using static GrpcDcr.Server.Model.OnUpdate;
using static GrpcDcr.Server.Model.Unsupported;

namespace GrpcDcr.Server.Model;

/// <content>UMA, NFV, OpenID4VP and OpenID Federation.</content>
internal static partial class ExtensionMembers
{
    private const string Uma = "UMA 2.0 Grant section 2";
    private const string Nfv = "ETSI GS NFV-SEC 022";
    private const string Presentations = "OpenID4VP 1.0";
    private const string FederationSection = "OpenID Federation 1.0";

    public static MetadataMember ClaimsRedirectUris { get; } = new(
        "claims_redirect_uris", 64, Texts, Uma, WidensIfAdded, feature: Features.Uma, parts: Targets);
    public static MetadataMember NfvTokenSignedResponseAlg { get; } = new(
        "nfv_token_signed_response_alg", 65, Text, Nfv, WidensIfWeaker, capability: ListedValues, unsupported: Refuse,
        published: "nfv_token_signing_alg_values_supported");
    public static MetadataMember NfvTokenEncryptedResponseAlg { get; } = new(
        "nfv_token_encrypted_response_alg", 66, Text, Nfv, WidensIfWeaker, capability: ListedValues, unsupported: Refuse,
        published: "nfv_token_encryption_alg_values_supported");
    public static MetadataMember NfvTokenEncryptedResponseEnc { get; } = new(
        "nfv_token_encrypted_response_enc", 67, Text, Nfv, WidensIfWeaker, capability: ListedValues, unsupported: Refuse,
        byDefault: ContentEncryption, published: "nfv_token_encryption_enc_values_supported");
    public static MetadataMember EncryptedResponseEncValuesSupported { get; } = new(
        "encrypted_response_enc_values_supported", 68, Texts, Presentations, WidensIfAdded, feature: Features.OpenId4Vp);
    public static MetadataMember VpFormatsSupported { get; } = new(
        "vp_formats_supported", 69, Json, Presentations, WidensIfChanged, feature: Features.OpenId4Vp);
    public static MetadataMember ClientRegistrationTypes { get; } = new(
        "client_registration_types", 70, Texts, FederationSection, WidensIfAdded, feature: Features.Federation);
    public static MetadataMember SignedJwksUri { get; } = new(
        "signed_jwks_uri", 71, Text, FederationSection, WidensIfChanged, feature: Features.Federation);
    public static MetadataMember OrganizationName { get; } = new(
        "organization_name", 72, Text, FederationSection, WidensIfChanged, feature: Features.Federation, isLocalizable: true);
    public static MetadataMember Description { get; } = new(
        "description", 73, Text, FederationSection, WidensIfChanged, feature: Features.Federation, isLocalizable: true);
    public static MetadataMember Keywords { get; } = new(
        "keywords", 74, Texts, FederationSection, WidensIfAdded, feature: Features.Federation);
    public static MetadataMember InformationUri { get; } = new(
        "information_uri", 75, Text, FederationSection, WidensIfAdded, feature: Features.Federation, parts: Pages, isLocalizable: true);
    public static MetadataMember OrganizationUri { get; } = new(
        "organization_uri", 76, Text, FederationSection, WidensIfAdded, feature: Features.Federation, parts: Pages, isLocalizable: true);
}
