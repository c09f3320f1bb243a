using System.Collections.Immutable;

namespace GrpcDcr.Server.Model;

/// <summary>A client as stored. Times are in whole milliseconds, UTC.</summary>
internal sealed record RegisteredClient
{
    public required ClientId Id { get; init; }

    /// <summary>1 at registration, one more with each change.</summary>
    public required long Version { get; init; }

    public required ClientState State { get; init; }

    /// <summary>
    /// The state before a suspension, to which it is reinstated; <see langword="null"/> if it was active, or is not suspended.
    /// </summary>
    public ClientState? SuspendedFrom { get; init; }

    /// <summary>1 at registration, one more with each change that matters to authorization servers.</summary>
    public long Revision { get; init; } = 1;

    /// <summary>The reason that an administrator gave for the state; <see langword="null"/> if none was given.</summary>
    public string? StateReason { get; init; }

    /// <summary>The reason for users; <see langword="null"/> if none was given.</summary>
    public string? PublicReason { get; init; }

    /// <summary>
    /// The effective metadata, which authorization servers use. With a pending update: the approved metadata without what the client has
    /// given up.
    /// </summary>
    public required ClientMetadata Metadata { get; init; }

    /// <summary>The update of an approved client that waits for approval; <see langword="null"/> if there is none.</summary>
    public PendingUpdate? PendingUpdate { get; init; }

    /// <summary>
    /// Who has approved what waits for approval, or else what was approved last, in order. Empty if nobody has since the last change of
    /// what waits.
    /// </summary>
    public IReadOnlyList<Approval> Approvals { get; init; } = [];

    /// <summary>Words of administrators, by their keys in order.</summary>
    public ImmutableSortedDictionary<string, string> Annotations { get; init; } = ClientAnnotations.None;

    /// <summary><see langword="null"/> for a client whose method uses no secret.</summary>
    public ClientSecret? Secret { get; init; }

    /// <summary>The registration access token (RFC 7592); <see langword="null"/> for a client registered without one.</summary>
    public RegistrationAccessToken? RegistrationAccessToken { get; init; }

    public required DateTimeOffset IssuedAt { get; init; }

    public required DateTimeOffset UpdatedAt { get; init; }

    /// <summary>How the registration was admitted: one of the names in <see cref="AdmissionNames"/>.</summary>
    public required string AdmittedBy { get; init; }

    /// <summary>The issued token that admitted it; <see langword="null"/> for any other admission.</summary>
    public InitialAccessTokenId? InitialAccessTokenId { get; init; }

    /// <summary>The limits of the client and its updates in addition to policy; <see langword="null"/> for none.</summary>
    public RegistrationConstraints? Constraints { get; init; }

    /// <summary>The <c>iss</c> of its software statement; <see langword="null"/> without one.</summary>
    public string? SoftwareStatementIssuer { get; init; }

    /// <summary>The address that the registration came from; <see langword="null"/> if unknown.</summary>
    public string? SourceAddress { get; init; }

    /// <summary>The metadata that the client sent last.</summary>
    public ClientMetadata Latest => PendingUpdate?.Metadata ?? Metadata;

    /// <summary>
    /// Whether it may update its own registration. A client that an administrator stopped may not, or it could bring itself back into use.
    /// </summary>
    public bool MayUpdate => State is ClientState.Pending or ClientState.Active;

    /// <summary>Whether it waits for a decision by an administrator.</summary>
    public bool IsAwaitingApproval => State == ClientState.Pending || PendingUpdate is not null;

    /// <summary>The client as the version that follows <paramref name="before"/>.</summary>
    /// <param name="before">The client before the change.</param>
    /// <param name="time">When it changes.</param>
    public RegisteredClient Following(RegisteredClient before, DateTimeOffset time) => this with
    {
        Version = before.Version + 1,
        Revision = LooksAs(before) ? before.Revision : before.Revision + 1,
        UpdatedAt = time,
    };

    /// <summary>Whether the difference does not matter to authorization servers.</summary>
    private bool LooksAs(RegisteredClient other) =>
        State == other.State
        && PublicReason == other.PublicReason
        && Metadata.IsSameAs(other.Metadata)
        && Secret == other.Secret
        && SoftwareStatementIssuer == other.SoftwareStatementIssuer
        && Constraints?.Owner == other.Constraints?.Owner
        && ClientAnnotations.AreSame(Annotations, other.Annotations);
}

/// <summary>An update that waits for approval.</summary>
/// <param name="Metadata">The metadata that the client sent.</param>
/// <param name="RequestedAt">When.</param>
internal sealed record PendingUpdate(ClientMetadata Metadata, DateTimeOffset RequestedAt);

/// <summary>The stored form of a client secret.</summary>
/// <param name="Hash">The hash of the secret.</param>
/// <param name="ExpiresAt">When it expires; <see langword="null"/> means never.</param>
/// <param name="Sealed">The encrypted secret, if the client's algorithms need it; <see langword="null"/> otherwise.</param>
/// <param name="Previous">The previous secret, valid until its expiry; <see langword="null"/> if there is none.</param>
internal sealed record ClientSecret(
    SecretHash Hash, DateTimeOffset? ExpiresAt, ReadOnlyMemory<byte>? Sealed = null, ClientSecret? Previous = null);

/// <summary>The stored form of a registration access token (RFC 7592 section 3).</summary>
/// <param name="Hash">The hash of the token.</param>
/// <param name="Previous">The hash of the previous token, until the new one is first used; <see langword="null"/> if there is none.</param>
/// <param name="PreviousUntil">When the previous token expires; <see langword="null"/> without one.</param>
internal sealed record RegistrationAccessToken(SecretHash Hash, SecretHash? Previous = null, DateTimeOffset? PreviousUntil = null);

/// <summary>How a registration was admitted.</summary>
internal static class AdmissionNames
{
    /// <summary>No token was required.</summary>
    public const string Open = "open";

    /// <summary>With an initial access token (RFC 7591 section 3).</summary>
    public const string InitialAccessToken = "initial_access_token";

    /// <summary>With a software statement of a trusted issuer (RFC 7591 section 2.3).</summary>
    public const string SoftwareStatement = "software_statement";

    /// <summary>An administrator created the client.</summary>
    public const string Administrator = "administrator";
}
