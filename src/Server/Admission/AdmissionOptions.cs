namespace GrpcDcr.Server.Admission;

/// <summary>Who may register, and how often.</summary>
internal sealed class AdmissionOptions
{
    /// <summary><c>ENABLE_DYNAMIC_CLIENT_REGISTRATION</c>. Default: off.</summary>
    public bool Enabled { get; set; }

    /// <summary>
    /// <c>DYNAMIC_CLIENT_REGISTRATION_TOKEN</c>: the initial access token of RFC 7591 section 3. Empty, the default, means that
    /// anyone may register.
    /// </summary>
    public string Token { get; set; } = "";

    /// <summary>Whether a registration must present an initial access token. Default: if <see cref="Token"/> is set.</summary>
    public bool? TokenRequired { get; set; }

    /// <summary>
    /// <c>DYNAMIC_CLIENT_REGISTRATION_RATE_LIMIT</c>: registrations a minute for each client address. As many may be refused for their
    /// credential. Default: 5.
    /// </summary>
    public int RateLimit { get; set; } = 5;

    /// <summary>
    /// <c>RateLimit:Global</c>: registrations a minute for all addresses together without an initial access token, and as many with one.
    /// Default: 600.
    /// </summary>
    public int GlobalRateLimit { get; set; } = 600;

    /// <summary><c>RateLimit:Management</c>: reads, updates and deletions a minute by clients of one address. Default: 60.</summary>
    public int ManagementRateLimit { get; set; } = 60;

    /// <summary><c>RateLimit:FailedManagement</c>: wrong registration access tokens a minute from one address. Default: 10.</summary>
    public int FailedManagementRateLimit { get; set; } = 10;

    /// <summary><c>RateLimit:FailedRoleToken</c>: wrong role tokens a minute from one address. Default: 10.</summary>
    public int FailedRoleTokenRateLimit { get; set; } = 10;

    /// <summary>Whether registrations need an initial access token.</summary>
    public bool RequiresToken => TokenRequired ?? Token.Length > 0;
}
