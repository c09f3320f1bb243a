namespace GrpcDcr.Client;

/// <summary>
/// How to reach a GrpcDcr service. Checked when the host starts, or at the first call where there is no host. Tokens are
/// read anew for every call, so a reloaded configuration takes effect at once; everything else is read once.
/// </summary>
public sealed class GrpcDcrClientOptions
{
    /// <summary>
    /// The inner door of the service, such as <c>http://127.0.0.1:8081</c>: scheme, host and port only. <c>http</c> means
    /// HTTP/2 without TLS, and is for loopback hosts unless <see cref="AllowPlainHttp"/> is set. Required.
    /// </summary>
    public Uri? Address { get; set; }

    /// <summary>
    /// Accepts an <c>http</c> <see cref="Address"/> whose host is not loopback. Tokens and client secrets then cross the
    /// network in the clear: only for a network that encrypts by itself. Default false.
    /// </summary>
    public bool AllowPlainHttp { get; set; }

    /// <summary>
    /// Presented by <see cref="ClientRegistrar"/>. Absent where registration is open to everybody, or where each call brings its own.
    /// </summary>
    public string? InitialAccessToken { get; set; }

    /// <summary>Presented by <see cref="ClientDirectoryReader"/>. Absent means that <see cref="OperatorToken"/> is.</summary>
    public string? DirectoryToken { get; set; }

    /// <summary>
    /// Presented by <see cref="ClientAdministrator"/>, <see cref="InitialAccessTokenIssuer"/>, <see cref="RegistrationAdministrator"/>,
    /// <see cref="AuditLogReader"/> and <see cref="StorageAdministrator"/>. Absent where none of them is used.
    /// </summary>
    public string? OperatorToken { get; set; }

    /// <summary>How long one call may take, retries included; of a listing, one page. More than zero, at most 10 minutes. Default 10 s.</summary>
    public TimeSpan Deadline { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>How long a backup may take, since it copies the whole store. More than zero, at most 1 day. Default 10 minutes.</summary>
    public TimeSpan BackUpDeadline { get; set; } = TimeSpan.FromMinutes(10);

    /// <summary>
    /// How often a call that changes nothing is tried while the service is unavailable, the first try included; 1 means no
    /// retries. Calls that change something are tried once. 1 to 5. Default 4.
    /// </summary>
    public int MaxAttempts { get; set; } = 4;
}
