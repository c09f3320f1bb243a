using System.Collections.Frozen;
using GrpcDcr.Server.Model;
using GrpcDcr.Server.Policy;
using static GrpcDcr.Server.Model.ExtensionMembers;

namespace GrpcDcr.Server.Validation.Members;

/// <summary>What becomes of a member that the authorization server does not support.</summary>
internal enum Unsupported
{
    /// <summary>It is left out, as any unknown member (RFC 7591 section 2), and the answer shows that.</summary>
    Ignored,

    /// <summary>
    /// The client asks for protection that it would not get, so the registration is refused. A value that asks for none, <c>false</c> or
    /// <c>none</c>, is left out.
    /// </summary>
    Refused,
}

/// <summary>When a member of another specification is registered.</summary>
/// <param name="Member">Its name.</param>
/// <param name="IsSupported">Whether the authorization server has what the member is about.</param>
/// <param name="Otherwise">What becomes of it where it has not.</param>
internal sealed record ExtensionRow(string Member, Func<RegistrationPolicy, bool> IsSupported, Unsupported Otherwise)
{
    /// <summary>Whether the member means anything for a client of this kind; it is left out for others. Default: for all.</summary>
    public Func<ClientMetadata, bool> Concerns { get; init; } = _ => true;
}

/// <summary>Every member of <see cref="ExtensionMembers"/>, and what supports it.</summary>
internal static class ExtensionTable
{
    /// <summary>
    /// Refused where unsupported: encryption, signatures that plain OAuth does not have, and what the server must require or bind. An ID
    /// Token is signed by any server that issues one, so that member is no more than a choice.
    /// </summary>
    private static readonly ExtensionRow[] All =
    [
        new(SubjectType, policy => policy.Capabilities.Support(SubjectType), Unsupported.Ignored),
        new(SectorIdentifierUri, policy => policy.Capabilities.Of(SubjectType).Contains(SubjectTypes.Pairwise), Unsupported.Ignored),
        Listed(IdTokenSignedResponseAlg, Unsupported.Ignored),
        Listed(IdTokenEncryptedResponseAlg, Unsupported.Refused),
        Listed(IdTokenEncryptedResponseEnc, Unsupported.Refused),
        Listed(UserinfoSignedResponseAlg, Unsupported.Refused),
        Listed(UserinfoEncryptedResponseAlg, Unsupported.Refused),
        Listed(UserinfoEncryptedResponseEnc, Unsupported.Refused),
        Listed(RequestObjectSigningAlg, Unsupported.Refused),
        Listed(RequestObjectEncryptionAlg, Unsupported.Refused),
        Listed(RequestObjectEncryptionEnc, Unsupported.Refused),
        Listed(IntrospectionSignedResponseAlg, Unsupported.Refused),
        Listed(IntrospectionEncryptedResponseAlg, Unsupported.Refused),
        Listed(IntrospectionEncryptedResponseEnc, Unsupported.Refused),
        Listed(AuthorizationSignedResponseAlg, Unsupported.Refused),
        Listed(AuthorizationEncryptedResponseAlg, Unsupported.Refused),
        Listed(AuthorizationEncryptedResponseEnc, Unsupported.Refused),
        Listed(NfvTokenSignedResponseAlg, Unsupported.Refused),
        Listed(NfvTokenEncryptedResponseAlg, Unsupported.Refused),
        Listed(NfvTokenEncryptedResponseEnc, Unsupported.Refused),
        Listed(DefaultAcrValues, Unsupported.Ignored),
        Listed(AuthorizationDetailsTypes, Unsupported.Ignored),
        Listed(ResponseModes, Unsupported.Ignored),
        new(TokenEndpointAuthSigningAlg, AllowsAssertions, Unsupported.Ignored),
        Featured(DefaultMaxAge, Features.AuthTime),
        Featured(RequireAuthTime, Features.AuthTime),
        Featured(InitiateLoginUri, Features.InitiateLogin),
        Featured(RequestUris, Features.RequestUri),
        Featured(RequireSignedRequestObject, Features.SignedRequestObjects, Unsupported.Refused),
        Featured(RequirePushedAuthorizationRequests, Features.Par, Unsupported.Refused),
        Featured(DpopBoundAccessTokens, Features.Dpop, Unsupported.Refused),
        Featured(TlsClientCertificateBoundAccessTokens, Features.MtlsBoundTokens, Unsupported.Refused),
        Featured(UseMtlsEndpointAliases, Features.MtlsEndpointAliases),
        Featured(PostLogoutRedirectUris, Features.RpInitiatedLogout),
        Featured(FrontchannelLogoutUri, Features.FrontchannelLogout),
        Featured(FrontchannelLogoutSessionRequired, Features.FrontchannelLogout),
        Featured(BackchannelLogoutUri, Features.BackchannelLogout),
        Featured(BackchannelLogoutSessionRequired, Features.BackchannelLogout),
        Featured(ClaimsRedirectUris, Features.Uma),
        Featured(EncryptedResponseEncValuesSupported, Features.OpenId4Vp),
        Featured(VpFormatsSupported, Features.OpenId4Vp),
        Featured(ClientRegistrationTypes, Features.Federation),
        Featured(SignedJwksUri, Features.Federation),
        Featured(OrganizationName, Features.Federation),
        Featured(Description, Features.Federation),
        Featured(Keywords, Features.Federation),
        Featured(InformationUri, Features.Federation),
        Featured(OrganizationUri, Features.Federation),
        OfCertificate(TlsClientAuthSubjectDn),
        OfCertificate(TlsClientAuthSanDns),
        OfCertificate(TlsClientAuthSanUri),
        OfCertificate(TlsClientAuthSanIp),
        OfCertificate(TlsClientAuthSanEmail),
        OfBackchannel(BackchannelTokenDeliveryMode),
        OfBackchannel(BackchannelClientNotificationEndpoint),
        OfBackchannel(BackchannelAuthenticationRequestSigningAlg, policy => policy.Capabilities.Support(BackchannelAuthenticationRequestSigningAlg)),
        OfBackchannel(BackchannelUserCodeParameter, policy => policy.Capabilities.BackchannelUserCode),
    ];

    public static FrozenDictionary<string, ExtensionRow> Rows { get; } =
        All.ToFrozenDictionary(row => row.Member, StringComparer.Ordinal);

    /// <summary>Whether a value asks for something that a server without the capability would withhold.</summary>
    internal static bool Asks(System.Text.Json.JsonElement value) => value.ValueKind switch
    {
        System.Text.Json.JsonValueKind.False => false,
        System.Text.Json.JsonValueKind.String => !value.ValueEquals(JoseAlgorithms.None),
        _ => true,
    };

    private static bool AllowsAssertions(RegistrationPolicy policy) =>
        policy.AuthMethods.Contains(AuthMethods.PrivateKeyJwt) || policy.AuthMethods.Contains(AuthMethods.ClientSecretJwt);

    private static ExtensionRow Listed(string member, Unsupported otherwise) =>
        new(member, policy => policy.Capabilities.Support(member), otherwise);

    private static ExtensionRow Featured(string member, string feature, Unsupported otherwise = Unsupported.Ignored) =>
        new(member, policy => policy.Capabilities.Have(feature), otherwise);

    /// <summary>RFC 8705 section 2.1.2: the certificate of one method.</summary>
    private static ExtensionRow OfCertificate(string member) =>
        new(member, policy => policy.AuthMethods.Contains(AuthMethods.TlsClientAuth), Unsupported.Ignored)
        {
            Concerns = client => client.TokenEndpointAuthMethod == AuthMethods.TlsClientAuth,
        };

    /// <summary>CIBA Core section 4: what a client of one grant says about it. Requests it would sign, or guard by a code, are its protection.</summary>
    private static ExtensionRow OfBackchannel(string member, Func<RegistrationPolicy, bool>? isSupported = null) =>
        new(
            member,
            isSupported ?? (policy => policy.Capabilities.Support(BackchannelTokenDeliveryMode)),
            isSupported is null ? Unsupported.Ignored : Unsupported.Refused)
        {
            Concerns = client => client.GrantTypes.Contains(GrantTypes.Ciba),
        };
}
