using GrpcDcr.Server.Policy;

namespace GrpcDcr.Server.Hosting.Settings;

/// <summary>
/// An issuer of JWTs for administrators and authorization servers (RFC 9068): configuration section <c>Authentication:Jwt</c>. Not used
/// unless the section is there.
/// </summary>
internal sealed class JwtOptions
{
    public const string Section = "Authentication:Jwt";

    /// <summary>
    /// The issuer, an https URL (http only on a loopback address). Its metadata document is at this URL with
    /// <c>/.well-known/openid-configuration</c> appended, and must name the same issuer. Default: none.
    /// </summary>
    public string Authority { get; set; } = "";

    /// <summary>
    /// The URL of the metadata document (RFC 8414 section 3), if it is elsewhere. Without <see cref="Authority"/> the issuer is the one
    /// that the document names. One of the two is required. Default: none.
    /// </summary>
    public string MetadataAddress { get; set; } = "";

    /// <summary>What <c>aud</c> must have: the identifier of this service at the issuer. Required.</summary>
    public string Audience { get; set; } = "";

    /// <summary>
    /// The claim with the roles: an array, or a string with spaces between the values such as <c>scope</c>. Dots lead into JSON objects,
    /// such as <c>realm_access.roles</c>. Default: <c>roles</c>.
    /// </summary>
    public string RoleClaim { get; set; } = "roles";

    /// <summary>
    /// The claim with the name that the audit log shows. Default: <c>sub</c>, or else <c>client_id</c>, which also count if a JWT does not
    /// have the claim.
    /// </summary>
    public string NameClaim { get; set; } = "";

    /// <summary>
    /// The values of <c>typ</c> that are accepted, with or without <c>application/</c>. Issuers that do not follow RFC 9068 use <c>JWT</c>,
    /// which their ID tokens have too. Default: <c>at+jwt</c>.
    /// </summary>
    [ListSetting]
    public string ValidTypes { get; set; } = "at+jwt";

    /// <summary>How far the clock of the issuer may differ. Default: one minute. Range 00:00:00 to 00:05:00.</summary>
    public TimeSpan ClockSkew { get; set; } = TimeSpan.FromMinutes(1);
}

/// <summary>
/// Which values of <see cref="JwtOptions.RoleClaim"/> give which role: configuration section <c>Authentication:Jwt:Roles</c>. One value is
/// required at least; no value means anything by itself.
/// </summary>
internal sealed class JwtRoleOptions
{
    public const string Section = $"{JwtOptions.Section}:Roles";

    /// <summary>Values that give the role <c>admin</c>. Default: none.</summary>
    [ListSetting]
    public string Admin { get; set; } = "";

    /// <summary>Values that give the role <c>approver</c>. Default: none.</summary>
    [ListSetting]
    public string Approver { get; set; } = "";

    /// <summary>Values that give the role <c>viewer</c>. Default: none.</summary>
    [ListSetting]
    public string Viewer { get; set; } = "";

    /// <summary>Values that give the role <c>directory</c>. Default: none.</summary>
    [ListSetting]
    public string Directory { get; set; } = "";

    /// <summary>Values that give the role <c>secrets</c>. Default: none.</summary>
    [ListSetting]
    public string Secrets { get; set; } = "";
}
