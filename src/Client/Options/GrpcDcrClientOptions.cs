namespace GrpcDcr.Client;

/// <summary>
/// How to reach a GrpcDcr service. Checked when the host starts, or at the first call where there is no host. Credentials and deadlines are
/// read for every call, so a reloaded configuration takes effect at once; all other options are read once.
/// </summary>
public abstract class GrpcDcrClientOptions
{
    private protected GrpcDcrClientOptions(TimeSpan deadline) => Deadline = deadline;

    /// <summary>
    /// The internal listener of the service: scheme, host and port, such as <c>http://127.0.0.1:8081</c>. <c>http</c> means HTTP/2 without
    /// TLS, and is for loopback hosts unless <see cref="AllowPlainHttp"/> is set. <c>dns:///host:port</c> resolves all addresses of the
    /// host and spreads the calls over them, with TLS unless <see cref="AllowPlainHttp"/> is set. Required.
    /// </summary>
    public Uri? Address { get; set; }

    /// <summary>
    /// Accepts an <see cref="Address"/> without TLS whose host is not loopback. Tokens and client secrets are then sent unencrypted: use it
    /// only on an encrypted network. Default false.
    /// </summary>
    public bool AllowPlainHttp { get; set; }

    /// <summary>The deadline of one call, retries included; of one page when listing. More than zero, at most 10 minutes.</summary>
    public TimeSpan Deadline { get; set; }

    /// <summary>
    /// The number of attempts of a call that changes nothing, while the service is unavailable; 1 means no retries. Calls that change
    /// something are not retried. 1 to 5. Default 4.
    /// </summary>
    public int MaxAttempts { get; set; } = 4;

    /// <summary>The setting with the credential as a text: its name and its value.</summary>
    internal abstract (string Setting, string? Value) Credential { get; }

    /// <summary>The setting with the credential as a function: its name and its value.</summary>
    internal abstract (string Setting, Func<CancellationToken, ValueTask<string>>? Value) CredentialProvider { get; }

    /// <summary>Problems of the settings of the role, as sentences; empty when there are none.</summary>
    internal virtual IEnumerable<string> OwnFaults() => [];
}
