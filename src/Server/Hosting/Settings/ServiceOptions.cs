using GrpcDcr.Server.Policy;

namespace GrpcDcr.Server.Hosting.Settings;

/// <summary>Settings outside of a section.</summary>
internal sealed class ServiceOptions
{
    public const string EnabledKey = "ENABLE_DYNAMIC_CLIENT_REGISTRATION";
    public const string TokenKey = "DYNAMIC_CLIENT_REGISTRATION_TOKEN";
    public const string RateLimitKey = "DYNAMIC_CLIENT_REGISTRATION_RATE_LIMIT";

    /// <summary>Whether clients may register. Default: false.</summary>
    [SettingName(EnabledKey)]
    public bool Enabled { get; set; }

    /// <summary>
    /// The initial access token that registrations must present (RFC 7591 section 3), at least 16 characters of RFC 6750 section 2.1.
    /// Default: none; anyone may register.
    /// </summary>
    [SettingName(TokenKey)]
    [SecretSetting]
    public string Token { get; set; } = "";

    /// <summary>
    /// Registrations a minute for each client address (IPv6: for each /64, four times as many for a /56 and sixteen times for a /48).
    /// Registrations without an initial access token, with one, and those that are refused for their credential are counted apart.
    /// Default: 5.
    /// </summary>
    [SettingName(RateLimitKey)]
    public int RateLimit { get; set; } = 5;

    /// <summary>
    /// The https origin that clients use, such as <c>https://as.example</c>. Default: the address of the public listener if that is a
    /// loopback address; required otherwise.
    /// </summary>
    public string PublicBaseUrl { get; set; } = "";
}

/// <summary>Limits for all callers together: configuration section <c>RateLimit</c>.</summary>
internal sealed class RateLimitOptions
{
    public const string Section = "RateLimit";

    /// <summary>
    /// Where calls are counted: <c>Memory</c> (by each instance) or <c>Redis</c> (for all instances together). Default: <c>Memory</c>.
    /// </summary>
    public LimitStore Store { get; set; }

    /// <summary>
    /// Registrations a minute for all addresses together without an initial access token, and as many again with one. Default: 600.
    /// </summary>
    public int Global { get; set; } = 600;

    /// <summary>Reads, updates and deletions a minute by clients of one address (RFC 7592). Default: 60.</summary>
    public int Management { get; set; } = 60;

    /// <summary>Wrong registration access tokens a minute from one address (RFC 6749 section 2.3.1). Default: 10.</summary>
    public int FailedManagement { get; set; } = 10;

    /// <summary>Wrong tokens of administrators and authorization servers a minute from one address. Default: 10.</summary>
    public int FailedRoleToken { get; set; } = 10;
}

/// <summary>Whose <c>X-Forwarded-*</c> headers count: configuration section <c>ForwardedHeaders</c>.</summary>
internal sealed class ForwardedOptions
{
    public const string Section = "ForwardedHeaders";

    /// <summary>
    /// Addresses and networks (CIDR) of proxies whose <c>X-Forwarded-For</c> and <c>X-Forwarded-Proto</c> count. Default: none.
    /// </summary>
    [ListSetting]
    public string TrustedProxies { get; set; } = "";
}

/// <summary>The metadata document: configuration section <c>Metadata</c>.</summary>
internal sealed class MetadataOptions
{
    public const string Section = "Metadata";

    /// <summary>
    /// Path of a JSON file with the authorization server's own metadata (RFC 8414 section 2), which the service completes with the members
    /// for registration. Default: none.
    /// </summary>
    public string BaseDocumentPath { get; set; } = "";

    /// <summary>
    /// The authorization endpoint of the authorization server (RFC 8414 section 2), an https URL. Default: that of the base document.
    /// Without it, or without the token endpoint, the metadata document is not served.
    /// </summary>
    public string AuthorizationEndpoint { get; set; } = "";

    /// <summary>
    /// The token endpoint of the authorization server (RFC 8414 section 2), an https URL. Default: that of the base document.
    /// </summary>
    public string TokenEndpoint { get; set; } = "";
}
