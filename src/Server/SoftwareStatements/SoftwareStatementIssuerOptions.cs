using GrpcDcr.Server.Policy;

namespace GrpcDcr.Server.SoftwareStatements;

/// <summary>
/// A trusted issuer of software statements (RFC 7591 section 2.3): configuration section <c>SoftwareStatements:Issuers:NAME</c>, where NAME
/// is any label. Members and claims are named as in JSON.
/// </summary>
internal sealed class SoftwareStatementIssuerOptions
{
    public const string Section = SoftwareStatementOptions.Section + ":Issuers";

    /// <summary>The <c>iss</c> of its statements (RFC 7519 section 4.1.1), compared exactly. Required.</summary>
    public string Issuer { get; set; } = "";

    /// <summary>
    /// Its public keys, a JWK Set (RFC 7517 section 5) as JSON. Exactly one of this, <see cref="JwksFile"/> and <see cref="JwksUri"/> must
    /// be set. RSA keys have at least 2048 bits.
    /// </summary>
    public string Jwks { get; set; } = "";

    /// <summary>Path of a file with its JWK Set, read once, at the start.</summary>
    public string JwksFile { get; set; } = "";

    /// <summary>The https URI of its JWK Set, the only place that is ever asked for its keys.</summary>
    public string JwksUri { get; set; } = "";

    /// <summary>
    /// The algorithms it signs with (RFC 7518 section 3.1). Default: <c>RS256 PS256 ES256</c>; the others are their longer forms with
    /// 384 and 512. <c>none</c> and algorithms of shared keys do not exist here (RFC 8725 section 3.2).
    /// </summary>
    [ListSetting]
    public string Algorithms { get; set; } = "RS256 PS256 ES256";

    /// <summary>The claims that a statement must have. Default: none besides those that other settings ask for.</summary>
    [ListSetting]
    public string RequiredClaims { get; set; } = "";

    /// <summary>
    /// Members that stand in claims of another name, as <c>redirect_uris=software_redirect_uris</c>: such a claim counts as the
    /// member. Default: none; then the name of a claim is that of its member.
    /// </summary>
    [ListSetting]
    public string ClaimNames { get; set; } = "";

    /// <summary>
    /// How old a statement may be, in seconds since its <c>iat</c>, which it then must have. Default 0: not asked. Range 0 to 31536000.
    /// </summary>
    public int MaxAgeSeconds { get; set; }

    /// <summary>Whether a statement can be used once. It then must have <c>jti</c> and <c>exp</c>. Default false.</summary>
    public bool OneUse { get; set; }

    /// <summary>The values of <c>software_id</c> that may register. Others are unapproved. Default: all.</summary>
    [ListSetting]
    public string AllowedSoftware { get; set; } = "";

    /// <summary>The values of <c>software_id</c> that are unapproved. Default: none.</summary>
    [ListSetting]
    public string DeniedSoftware { get; set; } = "";

    /// <summary>The most scope values that its clients may register. Default: all that policy allows.</summary>
    [ListSetting]
    public string Scopes { get; set; } = "";

    /// <summary>The most grants that its clients may register. Default: all that policy allows.</summary>
    [ListSetting]
    public string GrantTypes { get; set; } = "";

    /// <summary>
    /// The hosts that redirect URIs of its clients may have, such as <c>app.example</c> or <c>*.app.example</c>. Default: all that
    /// policy allows.
    /// </summary>
    [ListSetting]
    public string RedirectHosts { get; set; } = "";

    /// <summary>Whether its clients are active at once, whatever policy says of approval. Default false.</summary>
    public bool AutomaticApproval { get; set; }

    /// <summary>Who answers for its clients, a label for administrators. Default: nobody is named.</summary>
    public string Owner { get; set; } = "";

    /// <summary>Whose <c>redirect_uris</c> are registered. Default: <see cref="RedirectUriPrecedence.Replace"/>, the statement's.</summary>
    public RedirectUriPrecedence RedirectUris { get; set; } = RedirectUriPrecedence.Replace;

    /// <summary>
    /// Members that a request may not choose: they must be absent, or be what the statement says. Default: none; then what the
    /// statement says replaces them.
    /// </summary>
    [ListSetting]
    public string RefusedMembers { get; set; } = "";

    /// <summary>Members that a request must have besides the statement. Default: none.</summary>
    [ListSetting]
    public string RequiredMembers { get; set; } = "";
}
