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
        "post_logout_redirect_uris", 50, MemberKind.Texts, RpLogout, OnUpdate.WidensIfAdded)
    {
        Capability = Capability.Feature, Feature = Features.RpInitiatedLogout, Parts = MemberParts.Targets,
    };
    public static MetadataMember FrontchannelLogoutUri { get; } = new(
        "frontchannel_logout_uri", 51, MemberKind.Text, FrontchannelLogout, OnUpdate.WidensIfChanged)
    {
        Capability = Capability.Feature, Feature = Features.FrontchannelLogout, Published = "frontchannel_logout_supported",
    };
    public static MetadataMember FrontchannelLogoutSessionRequired { get; } = new(
        "frontchannel_logout_session_required", 52, MemberKind.Flag, FrontchannelLogout, OnUpdate.WidensIfRemoved)
    {
        Capability = Capability.Feature, Feature = Features.FrontchannelLogout, Published = "frontchannel_logout_session_supported",
    };
    public static MetadataMember BackchannelLogoutUri { get; } = new(
        "backchannel_logout_uri", 53, MemberKind.Text, BackchannelLogout, OnUpdate.WidensIfChanged)
    {
        Capability = Capability.Feature, Feature = Features.BackchannelLogout, Published = "backchannel_logout_supported",
    };
    public static MetadataMember BackchannelLogoutSessionRequired { get; } = new(
        "backchannel_logout_session_required", 54, MemberKind.Flag, BackchannelLogout, OnUpdate.WidensIfRemoved)
    {
        Capability = Capability.Feature, Feature = Features.BackchannelLogout, Published = "backchannel_logout_session_supported",
    };
    public static MetadataMember BackchannelTokenDeliveryMode { get; } = new(
        "backchannel_token_delivery_mode", 55, MemberKind.Text, Ciba, OnUpdate.WidensIfChanged)
    {
        Capability = Capability.Backchannel, Concerned = ClientsConcerned.BackchannelClients,
        Published = "backchannel_token_delivery_modes_supported",
    };
    public static MetadataMember BackchannelClientNotificationEndpoint { get; } = new(
        "backchannel_client_notification_endpoint", 56, MemberKind.Text, Ciba, OnUpdate.WidensIfChanged)
    {
        Capability = Capability.Backchannel, Concerned = ClientsConcerned.BackchannelClients,
    };
    public static MetadataMember BackchannelAuthenticationRequestSigningAlg { get; } = new(
        "backchannel_authentication_request_signing_alg", 57, MemberKind.Text, Ciba, OnUpdate.WidensIfChanged)
    {
        Capability = Capability.Values, Unsupported = Unsupported.Refuse, Concerned = ClientsConcerned.BackchannelClients,
        Published = "backchannel_authentication_request_signing_alg_values_supported",
    };
    public static MetadataMember BackchannelUserCodeParameter { get; } = new(
        "backchannel_user_code_parameter", 58, MemberKind.Flag, Ciba, OnUpdate.WidensIfRemoved)
    {
        Capability = Capability.BackchannelUserCode, Unsupported = Unsupported.Refuse, Concerned = ClientsConcerned.BackchannelClients,
        Published = "backchannel_user_code_parameter_supported",
    };
    public static MetadataMember AuthorizationSignedResponseAlg { get; } = new(
        "authorization_signed_response_alg", 59, MemberKind.Text, Jarm, OnUpdate.WidensIfChanged)
    {
        Capability = Capability.Values, Unsupported = Unsupported.Refuse, Default = MemberDefault.SigningAlgorithm,
        Published = "authorization_signing_alg_values_supported",
    };
    public static MetadataMember AuthorizationEncryptedResponseAlg { get; } = new(
        "authorization_encrypted_response_alg", 60, MemberKind.Text, Jarm, OnUpdate.WidensIfChanged)
    {
        Capability = Capability.Values, Unsupported = Unsupported.Refuse, Published = "authorization_encryption_alg_values_supported",
    };
    public static MetadataMember AuthorizationEncryptedResponseEnc { get; } = new(
        "authorization_encrypted_response_enc", 61, MemberKind.Text, Jarm, OnUpdate.WidensIfChanged)
    {
        Capability = Capability.Values, Unsupported = Unsupported.Refuse, Default = MemberDefault.ContentEncryption,
        Published = "authorization_encryption_enc_values_supported",
    };
}
