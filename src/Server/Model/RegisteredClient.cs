namespace GrpcDcr.Server.Model;

/// <summary>All that the service remembers of a client. Times are whole milliseconds, UTC.</summary>
internal sealed record RegisteredClient
{
    public required ClientId Id { get; init; }

    /// <summary>1 at registration, one more with each change.</summary>
    public required long Version { get; init; }

    public required ClientState State { get; init; }

    /// <summary>Why an administrator put the client into its state; <see langword="null"/> when no reason was given.</summary>
    public string? StateReason { get; init; }

    /// <summary>What is registered. It waits for approval while <see cref="ApprovedMetadata"/> is set.</summary>
    public required ClientMetadata Metadata { get; init; }

    /// <summary>
    /// What an authorization server goes by while a wider <see cref="Metadata"/> waits for approval: the approved version, less what the
    /// client gave up since. <see langword="null"/> when nothing approved is waiting to be replaced.
    /// </summary>
    public ClientMetadata? ApprovedMetadata { get; init; }

    /// <summary><see langword="null"/> for a client whose method uses no secret.</summary>
    public ClientSecret? Secret { get; init; }

    /// <summary>
    /// The token that opens this record to the client itself (RFC 7592); <see langword="null"/> for one registered without.
    /// </summary>
    public RegistrationAccessToken? RegistrationAccessToken { get; init; }

    public required DateTimeOffset IssuedAt { get; init; }

    public required DateTimeOffset UpdatedAt { get; init; }

    /// <summary>How the registration was admitted: one of the names in <see cref="AdmissionNames"/>.</summary>
    public required string AdmittedBy { get; init; }

    /// <summary>The issued token that admitted it; <see langword="null"/> for any other admission.</summary>
    public InitialAccessTokenId? InitialAccessTokenId { get; init; }

    /// <summary>What bounds it and its updates besides policy; <see langword="null"/> for policy alone.</summary>
    public RegistrationConstraints? Constraints { get; init; }

    /// <summary>Who vouches for it: the <c>iss</c> of its software statement; <see langword="null"/> without one.</summary>
    public string? SoftwareStatementIssuer { get; init; }

    /// <summary>Where the registration came from; <see langword="null"/> when unknown.</summary>
    public string? SourceAddress { get; init; }

    /// <summary>Whether an authorization server may use the client: it is active, or has an approved version in force.</summary>
    public bool IsUsable => State == ClientState.Active || (State == ClientState.Pending && ApprovedMetadata is not null);

    /// <summary>What an authorization server goes by.</summary>
    public ClientMetadata Effective => ApprovedMetadata ?? Metadata;
}

/// <summary>A client secret as it is kept.</summary>
/// <param name="Hash">What is kept of the secret itself.</param>
/// <param name="ExpiresAt">When it stops working; <see langword="null"/> means never.</param>
/// <param name="Sealed">
/// The secret, encrypted, where the client's algorithms need it itself; <see langword="null"/> everywhere else.
/// </param>
/// <param name="Previous">The secret before, good until its own end; <see langword="null"/> when there is none.</param>
internal sealed record ClientSecret(
    SecretHash Hash, DateTimeOffset? ExpiresAt, ReadOnlyMemory<byte>? Sealed = null, ClientSecret? Previous = null);

/// <summary>A registration access token as it is kept (RFC 7592 section 3).</summary>
/// <param name="Hash">What is kept of the token itself.</param>
/// <param name="Previous">The token before, until the newer one is first used; <see langword="null"/> when there is none.</param>
/// <param name="PreviousUntil">When the token before ends at the latest; <see langword="null"/> without one.</param>
internal sealed record RegistrationAccessToken(SecretHash Hash, SecretHash? Previous = null, DateTimeOffset? PreviousUntil = null);

/// <summary>How a registration was admitted.</summary>
internal static class AdmissionNames
{
    /// <summary>Nobody asked for a token.</summary>
    public const string Open = "open";

    /// <summary>With an initial access token (RFC 7591 section 3).</summary>
    public const string InitialAccessToken = "initial_access_token";

    /// <summary>With a software statement of a trusted issuer (RFC 7591 section 2.3).</summary>
    public const string SoftwareStatement = "software_statement";
}
