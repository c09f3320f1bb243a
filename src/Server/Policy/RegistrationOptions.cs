namespace GrpcDcr.Server.Policy;

/// <summary>
/// What may be registered: configuration section <c>Registration</c>. A list is an array, or one string with values separated by spaces;
/// the last source that has it replaces it as a whole.
/// </summary>
internal sealed partial class RegistrationOptions
{
    public const string Section = "Registration";

    /// <summary>
    /// The scope values that a client may register (RFC 6749 section 3.3). Others are left out if at least one allowed value remains; a
    /// request without an allowed value is refused. Empty: no scope can be registered.
    /// </summary>
    [ListSetting]
    public string AllowedScopes { get; set; } = "email profile openid offline_access";

    /// <summary>
    /// Whether a request is refused if one of its scope values is not among <see cref="AllowedScopes"/>, even beside allowed ones. Default
    /// false.
    /// </summary>
    public bool RefuseUnsupportedScopes { get; set; }

    /// <summary>
    /// The scope of a client that does not ask for one (RFC 7591 section 2); a subset of <see cref="AllowedScopes"/>. Default:
    /// <c>email profile</c>. Where constraints leave nothing of it, the client gets all that they allow. Empty: such a client is registered
    /// without a scope.
    /// </summary>
    [ListSetting]
    public string DefaultScope { get; set; } = "email profile";

    /// <summary>
    /// The grants that a client may register (RFC 7591 section 2), by their <c>grant_type</c> names. Default: authorization code, refresh
    /// token, device code (RFC 8628). Other grants are left out if at least one allowed grant remains; a registration without an allowed
    /// grant is refused. <c>password</c> is never allowed (RFC 9700 section 2.4).
    /// </summary>
    [ListSetting]
    public string GrantTypes { get; set; } = "authorization_code refresh_token urn:ietf:params:oauth:grant-type:device_code";

    /// <summary>
    /// The response types that a client may register (RFC 7591 section 2), separated by commas, because a response type may consist of
    /// several words: <c>code, id_token, code id_token</c>. Default: <c>code</c>. Others are left out if at least one of these remains; a
    /// registration without one is refused.
    /// </summary>
    [ListSetting(", ")]
    public string ResponseTypes { get; set; } = "code";

    /// <summary>
    /// The client authentication methods that a client may register (RFC 7591 section 2). Default: <c>client_secret_basic</c>,
    /// <c>client_secret_post</c> and <c>none</c>. Add <c>private_key_jwt</c>, <c>client_secret_jwt</c>, <c>tls_client_auth</c> and
    /// <c>self_signed_tls_client_auth</c> if the authorization server supports them. Other methods are refused. A client that does not name
    /// a method gets <c>client_secret_basic</c>, or the first method of this list if that is not in it.
    /// </summary>
    [ListSetting]
    public string TokenEndpointAuthMethods { get; set; } = "client_secret_basic client_secret_post none";

    /// <summary>
    /// How a new client becomes active. <c>Manual</c>: an administrator approves it. <c>Automatic</c>: at once. Default: <c>Manual</c>.
    /// </summary>
    public ApprovalMode Approval { get; set; } = ApprovalMode.Manual;

    /// <summary>
    /// How many administrators must approve a client or an update that waits for approval: with 2 or more each by an actor of its own, and
    /// none by who issued its initial access token. Default 1. Range 1 to 5.
    /// </summary>
    public int ApprovalsNeeded { get; set; } = 1;

    /// <summary>
    /// Whether a registration must present an initial access token (RFC 7591 section 3). Default: absent, which means true if
    /// <c>DYNAMIC_CLIENT_REGISTRATION_TOKEN</c> is set and false otherwise. Not allowed in a profile.
    /// </summary>
    public bool? InitialAccessTokenRequired { get; set; }

    /// <summary>Whether a registration must have a software statement of a trusted issuer (RFC 7591 section 2.3). Default false.</summary>
    public bool SoftwareStatementRequired { get; set; }

    /// <summary>
    /// What clients may do with their own registration (RFC 7592): any of <c>read update delete</c>. Default: all three. An act that the
    /// server does not list is not offered (405); an act that a profile does not list is forbidden for its clients (403).
    /// </summary>
    [ListSetting]
    public string Management { get; set; } = "read update delete";

    /// <summary>
    /// When a client gets a new registration access token (RFC 7592 appendix A.1): <c>Never</c>, <c>OnUpdate</c> or <c>OnReadAndUpdate</c>.
    /// Default: <c>Never</c>.
    /// </summary>
    public RegistrationAccessTokenRotation RegistrationAccessTokenRotation { get; set; } = RegistrationAccessTokenRotation.Never;

    /// <summary>
    /// How long the previous registration access token still works if the new one has not been used, so that a lost response does not lock
    /// the client out. Default one day. Range 1 minute to 3650 days.
    /// </summary>
    public TimeSpan RegistrationAccessTokenGrace { get; set; } = TimeSpan.FromDays(1);

    /// <summary>
    /// The lifetime of client secrets. Default: absent, which means that secrets do not expire. Range 1 hour to 3650 days.
    /// </summary>
    public TimeSpan? SecretLifetime { get; set; }

    /// <summary>
    /// When a client gets a new secret with its update: <c>Never</c>, <c>WhenExpiring</c> (the secret has expired or is in the last fifth
    /// of its lifetime) or <c>OnUpdate</c>. Default: <c>WhenExpiring</c>.
    /// </summary>
    public SecretRotation SecretRotation { get; set; } = SecretRotation.WhenExpiring;

    /// <summary>
    /// Keys that encrypt client secrets where an algorithm needs the secret itself (<c>client_secret_jwt</c>, symmetric algorithms): each
    /// 32 octets in base64, as <c>openssl rand -base64 32</c> makes them, separated by spaces. The first key encrypts, all keys decrypt.
    /// Default: none; then no such method or algorithm can be allowed, and only hashes are stored. Not allowed in a profile.
    /// </summary>
    [SecretSetting]
    [ListSetting]
    public string SecretSealingKey { get; set; } = "";

    /// <summary>How long the previous secret works after an update issued a new one. Default one day. Range 0 to 3650 days.</summary>
    public TimeSpan SecretOverlap { get; set; } = TimeSpan.FromDays(1);

    /// <summary>
    /// What happens to an update that widens what was approved, such as a new redirect host, scope or name, or weaker authentication.
    /// <c>Pending</c>: it waits for approval, and the approved metadata stays effective, without what the client gave up.
    /// <c>KeepRedirects</c>: the same, but approved redirect URIs stay effective until their successors are approved. <c>Refuse</c>: it is
    /// refused. Default: <c>Pending</c>.
    /// </summary>
    public WideningUpdates WideningUpdates { get; set; } = WideningUpdates.Pending;

    /// <summary>
    /// Whether another path or query on an approved origin widens what was approved too, for redirect URIs and the other URIs that are
    /// approved by origin. Set it where several parties share a host. Default false.
    /// </summary>
    public bool RedirectPathsNeedApproval { get; set; }

    /// <summary>
    /// Whether a rejected client may submit itself again by an update (RFC 7592 section 2.2), a day after its registration last changed. It
    /// is pending then, never active, and an administrator decides again. Default false: it stays rejected until an administrator acts.
    /// </summary>
    public bool RejectedClientsMayResubmit { get; set; }

    /// <summary>
    /// How long a client may stay pending or rejected before it is removed, so that registrations that nobody uses do not accumulate.
    /// Default 30 days. Range 1 hour to 3650 days.
    /// </summary>
    public TimeSpan UnapprovedLifetime { get; set; } = TimeSpan.FromDays(30);

    /// <summary>
    /// Allowed targets of redirect URIs: hosts such as <c>app.example</c>, <c>*.app.example</c> for all hosts below it, <c>localhost</c>
    /// for http on the client's machine, <c>cursor:</c> for a private-use scheme. Default: empty, which allows all.
    /// </summary>
    [ListSetting]
    public string RedirectHosts { get; set; } = "";

    /// <summary>
    /// Denied targets of redirect URIs, in the same form. Takes precedence over <see cref="RedirectHosts"/>. Default: none.
    /// </summary>
    [ListSetting]
    public string DeniedRedirectHosts { get; set; } = "";

    /// <summary>
    /// Client names that are reserved for clients with certain redirect hosts, including spellings with look-alike characters (RFC 7591
    /// section 5): <c>Claude = claude.ai *.claude.com localhost; My Bank = bank.example</c>. A name without hosts is refused for every
    /// client. Default: none.
    /// </summary>
    [ListSetting("; ")]
    public string ReservedClientNames { get; set; } = "";

    /// <summary>
    /// Whether deviations of clients in use are accepted: a web or untyped client with a loopback or private-use redirect URI becomes
    /// native, <c>redirect_uris</c> may have a URI twice, and native apps may use https on loopback. False refuses all three. Default true.
    /// </summary>
    public bool Compatibility { get; set; } = true;

    /// <summary>
    /// The private-use URI schemes without a dot that redirect URIs may have. Default: those of known clients. RFC 8252 section 8.4
    /// requires a reverse domain name; schemes with a dot need no entry.
    /// </summary>
    [ListSetting]
    public string PrivateUseSchemes { get; set; } =
        "cursor vscode vscode-insiders vscodium codium windsurf warp claude claude-cli claude-code claude-desktop claudeai chatgpt "
        + "codex raycast zed jetbrains goose kiro trae opencode lmstudio antigravity devin grok continue";

    /// <summary>
    /// Whether schemes without a dot are allowed that <see cref="PrivateUseSchemes"/> does not list. Default: absent, which means the value
    /// of <see cref="Compatibility"/>. Dangerous schemes such as <c>javascript</c> are always refused.
    /// </summary>
    public bool? AllowUnlistedPrivateUseSchemes { get; set; }

    /// <summary>
    /// Whether redirect URIs are refused if their query has a parameter of an authorization response, such as <c>code</c> or <c>state</c>
    /// (RFC 6749 section 4.1.2), because the client could not tell it from the real parameter. Default true.
    /// </summary>
    public bool RefuseResponseParametersInRedirectUris { get; set; } = true;

    /// <summary>
    /// The kinds of redirect URIs that may be registered: <c>https</c>, <c>loopback</c> (the client's machine) and <c>private-use</c>
    /// (app-specific schemes). Applies also to the redirect URIs of logout and UMA. Default: all three.
    /// </summary>
    [ListSetting]
    public string RedirectUriKinds { get; set; } = "https loopback private-use";

    /// <summary>
    /// Whether <c>client_uri</c>, <c>logo_uri</c>, <c>tos_uri</c> and <c>policy_uri</c> must have the scheme and host of a redirect URI
    /// (RFC 7591 section 5). Clients with a loopback or private-use redirect URI are exempt, because they have no host. Default false.
    /// </summary>
    public bool DisplayUrisShareHost { get; set; }

    /// <summary>Whether a client with a grant for users is refused <c>client_credentials</c> (RFC 7591 section 5). Default false.</summary>
    public bool SeparateGrants { get; set; }

    /// <summary>
    /// Members that a client must send, such as <c>client_name contacts</c>. Only members that can be registered are allowed here. Default:
    /// none.
    /// </summary>
    [ListSetting]
    public string RequiredMembers { get; set; } = "";

    /// <summary>
    /// Whether the service fetches <c>jwks_uri</c> at registration and validates its keys like those of <c>jwks</c>. Default false: only
    /// the authorization server fetches it.
    /// </summary>
    public bool CheckJwksUri { get; set; }

    /// <summary>
    /// Additional members that are registered and returned as they were sent, with any JSON type. Default: none; unknown members are
    /// ignored (RFC 7591 section 2).
    /// </summary>
    [ListSetting]
    public string ExtensionMembers { get; set; } = "";
}
