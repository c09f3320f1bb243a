using static GrpcDcr.Server.Model.Capability;
using static GrpcDcr.Server.Model.ClientsConcerned;
using static GrpcDcr.Server.Model.MemberDefault;
using static GrpcDcr.Server.Model.MemberKind;
using static GrpcDcr.Server.Model.MemberParts;
using static GrpcDcr.Server.Model.OnUpdate;
using static GrpcDcr.Server.Model.Unsupported;

namespace GrpcDcr.Server.Model;

/// <content>Logout, CIBA and JARM.</content>
internal static partial class ExtensionMembers
{
    private const string RpLogout = "OpenID Connect RP-Initiated Logout 1.0 section 3.1";
    private const string FrontchannelLogout = "OpenID Connect Front-Channel Logout 1.0 section 2";
    private const string BackchannelLogout = "OpenID Connect Back-Channel Logout 1.0 section 2.2";
    private const string Ciba = "OpenID Connect CIBA Core 1.0 section 4";
    private const string Jarm = "JARM section 3";

    public static MetadataMember PostLogoutRedirectUris { get; } = new(
        "post_logout_redirect_uris", 50, Texts, RpLogout, WidensIfAdded, feature: Features.RpInitiatedLogout, parts: Targets);
    public static MetadataMember FrontchannelLogoutUri { get; } = new(
        "frontchannel_logout_uri", 51, Text, FrontchannelLogout, WidensIfChanged, feature: Features.FrontchannelLogout,
        published: "frontchannel_logout_supported");
    public static MetadataMember FrontchannelLogoutSessionRequired { get; } = new(
        "frontchannel_logout_session_required", 52, Flag, FrontchannelLogout, WidensIfRemoved, feature: Features.FrontchannelLogout,
        published: "frontchannel_logout_session_supported");
    public static MetadataMember BackchannelLogoutUri { get; } = new(
        "backchannel_logout_uri", 53, Text, BackchannelLogout, WidensIfChanged, feature: Features.BackchannelLogout,
        published: "backchannel_logout_supported");
    public static MetadataMember BackchannelLogoutSessionRequired { get; } = new(
        "backchannel_logout_session_required", 54, Flag, BackchannelLogout, WidensIfRemoved, feature: Features.BackchannelLogout,
        published: "backchannel_logout_session_supported");
    public static MetadataMember BackchannelTokenDeliveryMode { get; } = new(
        "backchannel_token_delivery_mode", 55, Text, Ciba, WidensIfChanged, capability: Backchannel, concerned: BackchannelClients,
        published: "backchannel_token_delivery_modes_supported");
    public static MetadataMember BackchannelClientNotificationEndpoint { get; } = new(
        "backchannel_client_notification_endpoint", 56, Text, Ciba, WidensIfChanged, capability: Backchannel,
        concerned: BackchannelClients);
    public static MetadataMember BackchannelAuthenticationRequestSigningAlg { get; } = new(
        "backchannel_authentication_request_signing_alg", 57, Text, Ciba, WidensIfWeaker, capability: ListedValues, unsupported: Refuse,
        concerned: BackchannelClients, choices: "backchannel_authentication_request_signing_alg_values_supported");
    public static MetadataMember BackchannelUserCodeParameter { get; } = new(
        "backchannel_user_code_parameter", 58, Flag, Ciba, WidensIfRemoved, capability: BackchannelUserCode, unsupported: Refuse,
        concerned: BackchannelClients, published: "backchannel_user_code_parameter_supported");
    public static MetadataMember AuthorizationSignedResponseAlg { get; } = new(
        "authorization_signed_response_alg", 59, Text, Jarm, WidensIfWeaker, capability: ListedValues, unsupported: Refuse,
        byDefault: SigningAlgorithm, choices: "authorization_signing_alg_values_supported");
    public static MetadataMember AuthorizationEncryptedResponseAlg { get; } = new(
        "authorization_encrypted_response_alg", 60, Text, Jarm, WidensIfWeaker, capability: ListedValues, unsupported: Refuse,
        choices: "authorization_encryption_alg_values_supported");
    public static MetadataMember AuthorizationEncryptedResponseEnc { get; } = new(
        "authorization_encrypted_response_enc", 61, Text, Jarm, WidensIfWeaker, capability: ListedValues, unsupported: Refuse,
        byDefault: ContentEncryption, choices: "authorization_encryption_enc_values_supported");
}
