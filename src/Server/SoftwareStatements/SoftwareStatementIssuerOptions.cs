using GrpcDcr.Server.Policy;

namespace GrpcDcr.Server.SoftwareStatements;

/// <summary>
/// A trusted issuer of software statements (RFC 7591 section 2.3): configuration section <c>SoftwareStatements:Issuers:NAME</c>, where NAME
/// is any label. Members and claims are named as in JSON.
/// </summary>
internal sealed class SoftwareStatementIssuerOptions
{
    public const string Section = SoftwareStatementOptions.Section + ":Issuers";

    /// <summary>The <c>iss</c> of the issuer's statements (RFC 7519 section 4.1.1), compared exactly. Required.</summary>
    public string Issuer { get; set; } = "";

    /// <summary>
    /// The public keys of the issuer: a JWK Set (RFC 7517 section 5) as JSON. Exactly one of <see cref="Jwks"/>, <see cref="JwksFile"/> and
    /// <see cref="JwksUri"/> must be set. RSA keys must have at least 2048 bits.
    /// </summary>
    public string Jwks { get; set; } = "";

    /// <summary>Path of a file with the JWK Set of the issuer. Read once, at the start.</summary>
    public string JwksFile { get; set; } = "";

    /// <summary>The https URI of the JWK Set of the issuer. Keys are fetched from this URI only.</summary>
    public string JwksUri { get; set; } = "";

    /// <summary>
    /// The signature algorithms of the issuer (RFC 7518 section 3.1). Default: <c>RS256 PS256 ES256</c>. Their variants with 384 and 512
    /// are allowed too. <c>none</c> and symmetric algorithms are not (RFC 8725 section 3.2).
    /// </summary>
    [ListSetting]
    public string Algorithms { get; set; } = "RS256 PS256 ES256";

    /// <summary>The claims that a statement must have. Default: only those that other settings require.</summary>
    [ListSetting]
    public string RequiredClaims { get; set; } = "";

    /// <summary>
    /// Claims whose name differs from that of the member, as <c>redirect_uris=software_redirect_uris</c>. Default: none; each claim has the
    /// name of its member.
    /// </summary>
    [ListSetting]
    public string ClaimNames { get; set; } = "";

    /// <summary>
    /// The maximum age of a statement, in seconds since its <c>iat</c>, which is then required. Default 0: no limit. Range 0 to 31536000.
    /// </summary>
    public int MaxAgeSeconds { get; set; }

    /// <summary>Whether a statement can be used only once. It must then have <c>jti</c> and <c>exp</c>. Default false.</summary>
    public bool OneUse { get; set; }

    /// <summary>
    /// The values of <c>software_id</c> that may register. All others get <c>unapproved_software_statement</c>. Default: all.
    /// </summary>
    [ListSetting]
    public string AllowedSoftware { get; set; } = "";

    /// <summary>The values of <c>software_id</c> that get <c>unapproved_software_statement</c>. Default: none.</summary>
    [ListSetting]
    public string DeniedSoftware { get; set; } = "";

    /// <summary>The scope values that clients of this issuer may register. Default: all that policy allows.</summary>
    [ListSetting]
    public string Scopes { get; set; } = "";

    /// <summary>The grants that clients of this issuer may register. Default: all that policy allows.</summary>
    [ListSetting]
    public string GrantTypes { get; set; } = "";

    /// <summary>
    /// The redirect hosts that clients of this issuer may register, such as <c>app.example</c> or <c>*.app.example</c>. Default: all that
    /// policy allows.
    /// </summary>
    [ListSetting]
    public string RedirectHosts { get; set; } = "";

    /// <summary>Whether clients of this issuer become active at once, whatever <c>Approval</c> says. Default false.</summary>
    public bool AutomaticApproval { get; set; }

    /// <summary>Who is responsible for the clients of this issuer; a label for administrators. Default: none.</summary>
    public string Owner { get; set; } = "";

    /// <summary>
    /// Which <c>redirect_uris</c> are registered. <c>Replace</c>: those of the statement. <c>Subset</c>: those of the request, which the
    /// statement must contain. Default: <c>Replace</c>.
    /// </summary>
    public RedirectUriPrecedence RedirectUris { get; set; } = RedirectUriPrecedence.Replace;

    /// <summary>
    /// Members that a request may not choose: they must be absent or equal the statement. Default: none; the statement replaces members of
    /// the request.
    /// </summary>
    [ListSetting]
    public string RefusedMembers { get; set; } = "";

    /// <summary>Members that a request must have in addition to the statement. Default: none.</summary>
    [ListSetting]
    public string RequiredMembers { get; set; } = "";
}
