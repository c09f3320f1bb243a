using GrpcDcr.Server.Policy;

namespace GrpcDcr.Server.Hosting.Settings;

/// <summary>
/// An OpenID provider by which administrators sign in to the console: configuration section <c>Authentication:OpenIdConnect</c>. Not used
/// unless the section is there.
/// </summary>
internal sealed class OpenIdProviderOptions
{
    public const string Section = "Authentication:OpenIdConnect";

    /// <summary>
    /// The issuer, an https URL (http only on a loopback address). Its metadata document is at this URL with
    /// <c>/.well-known/openid-configuration</c> appended, and must name the same issuer. Required.
    /// </summary>
    public string Authority { get; set; } = "";

    /// <summary>The <c>client_id</c> of the console at the provider. Required.</summary>
    public string ClientId { get; set; } = "";

    /// <summary>The client secret, sent as <c>client_secret_post</c>. A change of it ends all sessions of the provider. Required.</summary>
    [SecretSetting]
    public string ClientSecret { get; set; } = "";

    /// <summary>The scopes that are requested; <c>openid</c> must be one of them. Default: <c>openid profile</c>.</summary>
    [ListSetting]
    public string Scopes { get; set; } = "openid profile";

    /// <summary>
    /// The claim of the ID token with the roles: an array, or a string with spaces between the values. Dots lead into JSON objects, such as
    /// <c>realm_access.roles</c>. Default: <c>roles</c>.
    /// </summary>
    public string RoleClaim { get; set; } = "roles";

    /// <summary>
    /// The claim of the ID token with the name that the console and the audit log show. Default: <c>sub</c>, which also counts if an ID
    /// token does not have the claim.
    /// </summary>
    public string NameClaim { get; set; } = "";
}

/// <summary>
/// Which values of <see cref="OpenIdProviderOptions.RoleClaim"/> give which role: configuration section
/// <c>Authentication:OpenIdConnect:Roles</c>. One value is required at least; no value means anything by itself.
/// </summary>
internal sealed class OpenIdProviderRoleOptions
{
    public const string Section = $"{OpenIdProviderOptions.Section}:Roles";

    /// <summary>Values that give the role <c>admin</c>. Default: none.</summary>
    [ListSetting]
    public string Admin { get; set; } = "";

    /// <summary>Values that give the role <c>approver</c>. Default: none.</summary>
    [ListSetting]
    public string Approver { get; set; } = "";

    /// <summary>Values that give the role <c>viewer</c>. Default: none.</summary>
    [ListSetting]
    public string Viewer { get; set; } = "";
}
