namespace GrpcDcr.Server.Model;

/// <summary>The detail of an audit event: a closed set, one for each type that has a detail.</summary>
internal abstract record AuditDetail
{
    private AuditDetail()
    {
    }

    /// <summary>A client registered.</summary>
    public sealed record ClientRegistered(
        ClientState State,
        string Admission,
        InitialAccessTokenId? InitialAccessTokenId,
        string? StatementIssuer,
        string? Owner,
        AuditedMembers Members) : AuditDetail;

    /// <summary>A client replaced its metadata.</summary>
    /// <param name="State">The state after it.</param>
    /// <param name="AwaitingApproval">Whether the update is pending.</param>
    /// <param name="Members">What the client changed.</param>
    public sealed record ClientUpdated(ClientState State, bool AwaitingApproval, AuditedMembers Members) : AuditDetail;

    /// <summary>Registrations, or wrong role tokens, were refused.</summary>
    /// <param name="Reason">Such as <c>INVALID_REDIRECT_URI</c>.</param>
    /// <param name="OAuthError">The OAuth error; <see langword="null"/> if there is none.</param>
    /// <param name="Member">The first wrong member; <see langword="null"/> if the refusal is not about a member.</param>
    /// <param name="Count">The number of refusals.</param>
    public sealed record RegistrationRefused(string Reason, string? OAuthError, string? Member, long Count) : AuditDetail;

    /// <summary>An initial access token was issued or revoked.</summary>
    public sealed record OfInitialAccessToken(
        InitialAccessTokenId Id, string? Label, DateTimeOffset? ExpiresAt, int? MaxUses, RegistrationConstraints Constraints) : AuditDetail;

    /// <summary>The store was copied.</summary>
    public sealed record StorageBackedUp(string Name) : AuditDetail;

    /// <summary>A block rule was created or deleted.</summary>
    public sealed record OfBlockRule(BlockRule Rule) : AuditDetail;

    /// <summary>An administrator added a note about a client.</summary>
    public sealed record ClientNote(string Text) : AuditDetail;
}

/// <summary>Members of client metadata, limited in length.</summary>
/// <param name="Members">The members within the limit.</param>
/// <param name="Omitted">The number of members that were left out.</param>
internal sealed record AuditedMembers(IReadOnlyList<AuditedMember> Members, int Omitted = 0);

/// <summary>A member before and after; values are JSON text, <see langword="null"/> where the member is absent.</summary>
/// <param name="Name">As in the OAuth document.</param>
/// <param name="Before">Before.</param>
/// <param name="After">After.</param>
/// <param name="Truncated">Whether a value was truncated, so that it is no longer valid JSON.</param>
internal sealed record AuditedMember(string Name, string? Before, string? After, bool Truncated = false);
