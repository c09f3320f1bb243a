namespace GrpcDcr.Client;

/// <summary>
/// The options for programs that register. The registration access token of a client is not an option: it is passed to each call. The
/// deadline is 10 s by default.
/// </summary>
public sealed class GrpcDcrRegistrationOptions() : GrpcDcrClientOptions(TimeSpan.FromSeconds(10))
{
    /// <summary>
    /// The initial access token that registrations present. Absent if registration is open, or if each call passes its own.
    /// </summary>
    public string? InitialAccessToken { get; set; }

    /// <summary>
    /// Returns the initial access token for each registration. Absent means <see cref="InitialAccessToken"/>. Not together with it.
    /// </summary>
    public Func<CancellationToken, ValueTask<string>>? InitialAccessTokenProvider { get; set; }

    internal override (string Setting, string? Value) Credential => (nameof(InitialAccessToken), InitialAccessToken);

    internal override (string Setting, Func<CancellationToken, ValueTask<string>>? Value) CredentialProvider =>
        (nameof(InitialAccessTokenProvider), InitialAccessTokenProvider);
}
