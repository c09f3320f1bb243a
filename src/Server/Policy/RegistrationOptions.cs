namespace GrpcDcr.Server.Policy;

/// <summary>
/// What may be registered: configuration section <c>Registration</c>. A list is an array, or one string with spaces between the values;
/// the last source that names it replaces it whole.
/// </summary>
internal sealed class RegistrationOptions
{
    public const string Section = "Registration";

    /// <summary>
    /// The scope values that a client may ask for, RFC 6749 section 3.3. Default: the four of the starting point. A request with
    /// any other value is refused. Empty: no scope can be registered.
    /// </summary>
    [ListSetting]
    public string AllowedScopes { get; set; } = "email profile openid offline_access";

    /// <summary>
    /// What a client gets that asks for no scope, RFC 7591 section 2; all within <see cref="AllowedScopes"/>. Default:
    /// <c>email profile</c>. Empty: such a client is registered without a scope.
    /// </summary>
    [ListSetting]
    public string DefaultScope { get; set; } = "email profile";

    /// <summary>
    /// The grants that a client may register, RFC 7591 section 2, by their <c>grant_type</c> names. Default: authorization code,
    /// refresh token, device code (RFC 8628). Others are left out of a registration that has one of these besides, and refused
    /// otherwise. <c>password</c> is never allowed (RFC 9700 section 2.4).
    /// </summary>
    [ListSetting]
    public string GrantTypes { get; set; } = "authorization_code refresh_token urn:ietf:params:oauth:grant-type:device_code";

    /// <summary>
    /// The response types that a client may register, RFC 7591 section 2. Commas stand between them, because one response type may
    /// have several words: <c>code, id_token, code id_token</c>. Default: <c>code</c>. Others are refused.
    /// </summary>
    [ListSetting(", ")]
    public string ResponseTypes { get; set; } = "code";

    /// <summary>
    /// The client authentication methods that a client may register, RFC 7591 section 2. Default: <c>client_secret_basic</c>,
    /// <c>client_secret_post</c> and <c>none</c>; <c>private_key_jwt</c>, <c>client_secret_jwt</c>, <c>tls_client_auth</c> and
    /// <c>self_signed_tls_client_auth</c> may be added where the authorization server has them. Others are refused. A client that names
    /// none gets <c>client_secret_basic</c>, or the first of this list where that is not on it.
    /// </summary>
    [ListSetting]
    public string TokenEndpointAuthMethods { get; set; } = "client_secret_basic client_secret_post none";

    /// <summary>Who lets a new client into use. Default: <see cref="ApprovalMode.Manual"/>, an administrator.</summary>
    public ApprovalMode Approval { get; set; } = ApprovalMode.Manual;

    /// <summary>
    /// Whether a registration must carry an initial access token (RFC 7591 section 3). Default: absent, which means yes where
    /// <c>DYNAMIC_CLIENT_REGISTRATION_TOKEN</c> is set and no elsewhere. Only of the whole server, not of a profile.
    /// </summary>
    public bool? InitialAccessTokenRequired { get; set; }

    /// <summary>Whether a registration must carry a software statement of a trusted issuer (RFC 7591 section 2.3). Default false.</summary>
    public bool SoftwareStatementRequired { get; set; }

    /// <summary>
    /// What clients may do with their own record (RFC 7592): some of <c>read update delete</c>. Default: all three. What the server leaves
    /// out is not offered (405); what a profile leaves out is forbidden to its clients (403).
    /// </summary>
    [ListSetting]
    public string Management { get; set; } = "read update delete";

    /// <summary>When a client gets a new registration access token (RFC 7592 appendix A.1). Default: never.</summary>
    public RegistrationAccessTokenRotation RegistrationAccessTokenRotation { get; set; } = RegistrationAccessTokenRotation.Never;

    /// <summary>
    /// How long a rotated registration access token still works while the newer one was never used, so that a lost answer locks nobody
    /// out. Default one day. Range 1 minute to 365 days.
    /// </summary>
    public TimeSpan RegistrationAccessTokenGrace { get; set; } = TimeSpan.FromDays(1);

    /// <summary>How long a client secret works. Default: absent, which means that secrets do not expire. At least 1 hour.</summary>
    public TimeSpan? SecretLifetime { get; set; }

    /// <summary>
    /// When an update by the client gets it a new secret. Default: when the old one has expired or is in the last fifth of its life.
    /// </summary>
    public SecretRotation SecretRotation { get; set; } = SecretRotation.WhenExpiring;

    /// <summary>
    /// Keys that encrypt the secrets which an authorization server needs themselves (<c>client_secret_jwt</c>, symmetric algorithms): 32
    /// octets each in base64, as <c>openssl rand -base64 32</c> makes them, with spaces between. The first encrypts, all decrypt. Default:
    /// none; then no such method or algorithm can be allowed, and only hashes are kept. Only of the whole server, not of a profile.
    /// </summary>
    [SecretSetting]
    [ListSetting]
    public string SecretSealingKey { get; set; } = "";

    /// <summary>How long a secret that the client had replaced works beside the new one. Default one day. Range 0 to 365 days.</summary>
    public TimeSpan SecretOverlap { get; set; } = TimeSpan.FromDays(1);

    /// <summary>
    /// What happens to an update that widens what an approved client may do: a new redirect host, grant, response type, scope or name, or
    /// weaker authentication. Default: it waits for approval, and the approved version stays in force.
    /// </summary>
    public WideningUpdates WideningUpdates { get; set; } = WideningUpdates.Pending;

    /// <summary>
    /// How long a client may wait for approval or stay rejected before it is removed. Default: absent, which means for ever. At least 1
    /// hour.
    /// </summary>
    public TimeSpan? UnapprovedLifetime { get; set; }

    /// <summary>
    /// Where redirect URIs may lead: hosts such as <c>app.example</c>, <c>*.app.example</c> for all below it, <c>localhost</c> for http on
    /// the client's machine, <c>cursor:</c> for a private-use scheme. Default: empty, which means anywhere.
    /// </summary>
    [ListSetting]
    public string RedirectHosts { get; set; } = "";

    /// <summary>Where redirect URIs must not lead, in the same form. It wins over <see cref="RedirectHosts"/>. Default: none.</summary>
    [ListSetting]
    public string DeniedRedirectHosts { get; set; } = "";

    /// <summary>
    /// Names that only clients of certain redirect hosts may have, also when spelt with look-alike characters (RFC 7591 section 5):
    /// <c>Claude = claude.ai *.claude.com localhost; My Bank = bank.example</c>. A name without hosts is free to nobody. Default: none.
    /// </summary>
    [ListSetting("; ")]
    public string ReservedClientNames { get; set; } = "";

    /// <summary>
    /// Default true, for clients as they are: a web or untyped client with a loopback or private-use redirect URI is registered as
    /// native, a URI may stand twice in <c>redirect_uris</c>, and native apps may use https on loopback. False refuses all three.
    /// </summary>
    public bool Compatibility { get; set; } = true;

    /// <summary>
    /// The private-use URI schemes without a dot that redirect URIs may have. Default: those of known clients. RFC 8252 section 8.4
    /// asks for a reverse domain name; schemes that have a dot need no entry.
    /// </summary>
    [ListSetting]
    public string PrivateUseSchemes { get; set; } =
        "cursor vscode vscode-insiders vscodium codium windsurf warp claude claude-cli claude-code claude-desktop claudeai chatgpt "
        + "codex raycast zed jetbrains goose kiro trae opencode lmstudio antigravity devin grok continue";

    /// <summary>
    /// Whether schemes without a dot may be used that <see cref="PrivateUseSchemes"/> does not list. Default: absent, which means
    /// the same as <see cref="Compatibility"/>. Dangerous schemes such as <c>javascript</c> are refused always.
    /// </summary>
    public bool? AllowUnlistedPrivateUseSchemes { get; set; }

    /// <summary>
    /// Whether a redirect URI is refused whose query has a parameter of an authorization response, such as <c>code</c> or
    /// <c>state</c> (RFC 6749 section 4.1.2): the client could not tell it from the real one. Default true.
    /// </summary>
    public bool RefuseResponseParametersInRedirectUris { get; set; } = true;

    /// <summary>
    /// The kinds of redirect URI that may be registered, also as the URIs of logout and of UMA: <c>https</c>, <c>loopback</c> (this
    /// machine) and <c>private-use</c> (schemes of an app's own). Default: all three.
    /// </summary>
    [ListSetting]
    public string RedirectUriKinds { get; set; } = "https loopback private-use";

    /// <summary>
    /// Whether <c>client_uri</c>, <c>logo_uri</c>, <c>tos_uri</c> and <c>policy_uri</c> must have scheme and host of a redirect URI (RFC
    /// 7591 section 5). Does not concern clients with a loopback or private-use redirect URI: they have no host. Default false.
    /// </summary>
    public bool DisplayUrisShareHost { get; set; }

    /// <summary>
    /// Whether a client that acts for users may not have <c>client_credentials</c> as well (RFC 7591 section 5). Default false.
    /// </summary>
    public bool SeparateGrants { get; set; }

    /// <summary>
    /// Members that a client must send, such as <c>client_name contacts</c>. Names of metadata that registration keeps. Default: none.
    /// </summary>
    [ListSetting]
    public string RequiredMembers { get; set; } = "";

    /// <summary>
    /// Whether <c>jwks_uri</c> is fetched at registration and its keys validated like those of <c>jwks</c>. Default false: only the
    /// authorization server fetches it.
    /// </summary>
    public bool CheckJwksUri { get; set; }

    /// <summary>
    /// Members of the deployment's own that are kept and shown as they were sent, whatever their JSON type. Default: none; unknown
    /// members are ignored (RFC 7591 section 2).
    /// </summary>
    [ListSetting]
    public string ExtensionMembers { get; set; } = "";

    /// <summary>
    /// The longest member of <see cref="ExtensionMembers"/>, in octets of JSON, and the longest subject name of a certificate, in
    /// characters. Default 2048. Range 16 to 65536.
    /// </summary>
    public int MaxExtensionLength { get; set; } = 2048;

    /// <summary>The most entries in <c>redirect_uris</c>. Default 20; real clients send up to 6. Range 1 to 1000.</summary>
    public int MaxRedirectUris { get; set; } = 20;

    /// <summary>The longest redirect URI, in octets. Default 2048. Range 256 to 16384.</summary>
    public int MaxRedirectUriLength { get; set; } = 2048;

    /// <summary>
    /// The longest <c>client_name</c>, <c>software_id</c>, <c>software_version</c> and contact, in UTF-16 code units. Default 256.
    /// Range 1 to 16384.
    /// </summary>
    public int MaxTextLength { get; set; } = 256;

    /// <summary>The longest URI outside <c>redirect_uris</c>, in octets. Default 2048. Range 256 to 16384.</summary>
    public int MaxUriLength { get; set; } = 2048;

    /// <summary>The longest <c>scope</c>, in octets. Default 1024. Range 1 to 65536.</summary>
    public int MaxScopeLength { get; set; } = 1024;

    /// <summary>
    /// The most entries in <c>grant_types</c>, in <c>response_types</c>, and in each list that another specification defines. Default 20.
    /// Range 1 to 1000.
    /// </summary>
    public int MaxListLength { get; set; } = 20;

    /// <summary>The most entries in <c>contacts</c>. Default 20. Range 0 to 1000.</summary>
    public int MaxContacts { get; set; } = 20;

    /// <summary>The most members with a language tag (RFC 7591 section 2.2). Default 50. Range 0 to 1000.</summary>
    public int MaxLocalized { get; set; } = 50;

    /// <summary>The most keys in <c>jwks</c>. Default 16. Range 0 to 1000.</summary>
    public int MaxJwksKeys { get; set; } = 16;

    /// <summary>The longest <c>jwks</c>, in octets of JSON. Default 32768. Range 64 to 1048576.</summary>
    public int MaxJwksLength { get; set; } = 32768;
}
