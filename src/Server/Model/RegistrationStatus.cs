namespace GrpcDcr.Server.Model;

/// <summary>
/// Whether administrators have closed registration, and what they have blocked. Management by clients and lookups work in both cases.
/// </summary>
/// <param name="Closed">New clients are refused.</param>
/// <param name="Reason">The reason, for administrators; <see langword="null"/> if none was given.</param>
/// <param name="ChangedAt">When it was last changed; <see langword="null"/> if never.</param>
/// <param name="ImportId">The import that is not finished, so that the store is incomplete; <see langword="null"/> otherwise.</param>
internal sealed record RegistrationStatus(bool Closed, string? Reason = null, DateTimeOffset? ChangedAt = null, Guid? ImportId = null)
{
    /// <summary>The block rules, oldest first, including expired ones that were not removed yet.</summary>
    public IReadOnlyList<BlockRule> BlockRules { get; init; } = [];

    public static RegistrationStatus Enabled { get; } = new(Closed: false);

    /// <summary>Equal rules in the same order are equal.</summary>
    public bool Equals(RegistrationStatus? other) => other is not null
        && (Closed, Reason, ChangedAt, ImportId) == (other.Closed, other.Reason, other.ChangedAt, other.ImportId)
        && BlockRules.SequenceEqual(other.BlockRules);

    public override int GetHashCode() => HashCode.Combine(Closed, Reason, ChangedAt, ImportId, BlockRules.Count);
}
