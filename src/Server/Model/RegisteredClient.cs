namespace GrpcDcr.Server.Model;

/// <summary>All that the service remembers of a client. Times are whole milliseconds, UTC.</summary>
internal sealed record RegisteredClient
{
    public required ClientId Id { get; init; }

    /// <summary>1 at registration, one more with each change.</summary>
    public required long Version { get; init; }

    public required ClientState State { get; init; }

    /// <summary>1 at registration, one more with each change that an authorization server acts on.</summary>
    public long Revision { get; init; } = 1;

    /// <summary>Why an administrator put the client into its state; <see langword="null"/> when no reason was given.</summary>
    public string? StateReason { get; init; }

    /// <summary>The reason that users may see; <see langword="null"/> when none was given.</summary>
    public string? PublicReason { get; init; }

    /// <summary>
    /// The effective metadata, which authorization servers go by. While an update waits for approval: the approved version, less what the
    /// client gave up since.
    /// </summary>
    public required ClientMetadata Metadata { get; init; }

    /// <summary>The update of an approved client that waits for approval; <see langword="null"/> when none waits.</summary>
    public PendingUpdate? PendingUpdate { get; init; }

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

    /// <summary>What the client itself asked for last.</summary>
    public ClientMetadata Latest => PendingUpdate?.Metadata ?? Metadata;

    /// <summary>Whether it waits for a decision of an administrator.</summary>
    public bool IsAwaitingApproval => State == ClientState.Pending || PendingUpdate is not null;

    /// <summary>The client as the version that follows on <paramref name="before"/>.</summary>
    /// <param name="before">The client before the change.</param>
    /// <param name="time">When it changes.</param>
    public RegisteredClient Following(RegisteredClient before, DateTimeOffset time) => this with
    {
        Version = before.Version + 1,
        Revision = LooksAs(before) ? before.Revision : before.Revision + 1,
        UpdatedAt = time,
    };

    /// <summary>Whether authorization servers see no difference.</summary>
    private bool LooksAs(RegisteredClient other) =>
        State == other.State
        && PublicReason == other.PublicReason
        && Metadata == other.Metadata
        && Secret == other.Secret
        && SoftwareStatementIssuer == other.SoftwareStatementIssuer
        && Constraints?.Owner == other.Constraints?.Owner;
}

/// <summary>An update that waits for approval.</summary>
/// <param name="Metadata">What the client asked for.</param>
/// <param name="RequestedAt">When.</param>
internal sealed record PendingUpdate(ClientMetadata Metadata, DateTimeOffset RequestedAt);

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
