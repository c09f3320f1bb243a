namespace GrpcDcr.Client;

/// <summary>
/// How programs that register reach the service. The registration access token of a client is no setting: it comes with each call. The
/// deadline is 10 s by default.
/// </summary>
public sealed class GrpcDcrRegistrationOptions() : GrpcDcrClientOptions(TimeSpan.FromSeconds(10))
{
    /// <summary>
    /// The initial access token that registrations present. Absent where registration is open to everybody, or where each call brings its
    /// own.
    /// </summary>
    public string? InitialAccessToken { get; set; }

    /// <summary>
    /// Gives the initial access token for each registration. Absent means <see cref="InitialAccessToken"/>. Not together with it.
    /// </summary>
    public Func<CancellationToken, ValueTask<string>>? InitialAccessTokenProvider { get; set; }

    internal override (string Setting, string? Value) Credential => (nameof(InitialAccessToken), InitialAccessToken);

    internal override (string Setting, Func<CancellationToken, ValueTask<string>>? Value) CredentialProvider =>
        (nameof(InitialAccessTokenProvider), InitialAccessTokenProvider);
}
