namespace GrpcDcr.Server.Model;

/// <summary>The words of <c>Capabilities:Features</c>.</summary>
internal static class Features
{
    /// <summary>Pushed authorization requests can be required of a client (RFC 9126).</summary>
    public const string Par = "par";

    /// <summary>Access tokens can be bound to DPoP keys (RFC 9449).</summary>
    public const string Dpop = "dpop";

    /// <summary>Access tokens can be bound to client certificates (RFC 8705 section 3).</summary>
    public const string MtlsBoundTokens = "mtls-bound-tokens";

    /// <summary>The server has separate endpoints for mutual TLS (RFC 8705 section 5).</summary>
    public const string MtlsEndpointAliases = "mtls-endpoint-aliases";

    /// <summary>Signed request objects can be required of a client (RFC 9101).</summary>
    public const string SignedRequestObjects = "signed-request-objects";

    /// <summary>Request objects can be fetched from the client (OpenID Connect Core section 6.2).</summary>
    public const string RequestUri = "request-uri";

    /// <summary>A third party can start a login at the client (OpenID Connect Core section 4).</summary>
    public const string InitiateLogin = "initiate-login";

    /// <summary>The time of authentication can be requested and limited: <c>require_auth_time</c>, <c>default_max_age</c>.</summary>
    public const string AuthTime = "auth-time";

    /// <summary>OpenID Connect RP-Initiated Logout 1.0.</summary>
    public const string RpInitiatedLogout = "rp-initiated-logout";

    /// <summary>OpenID Connect Front-Channel Logout 1.0, with <c>iss</c> and <c>sid</c> where a client asks for them.</summary>
    public const string FrontchannelLogout = "frontchannel-logout";

    /// <summary>OpenID Connect Back-Channel Logout 1.0, with <c>sid</c> where a client asks for it.</summary>
    public const string BackchannelLogout = "backchannel-logout";

    /// <summary>Claims gathering of UMA 2.0 Grant section 2.</summary>
    public const string Uma = "uma";

    /// <summary>The common members of OpenID Federation 1.0.</summary>
    public const string Federation = "federation";

    /// <summary>The verifier members of OpenID for Verifiable Presentations 1.0.</summary>
    public const string OpenId4Vp = "openid4vp";

    public static IReadOnlyList<string> All { get; } =
    [
        Par, Dpop, MtlsBoundTokens, MtlsEndpointAliases, SignedRequestObjects, RequestUri, InitiateLogin, AuthTime, RpInitiatedLogout,
        FrontchannelLogout, BackchannelLogout, Uma, Federation, OpenId4Vp,
    ];
}
