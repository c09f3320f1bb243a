namespace GrpcDcr.Server.Model;

/// <summary>Whether administrators have closed registration. Management by clients and lookups work in both cases.</summary>
/// <param name="Closed">New clients are refused.</param>
/// <param name="Reason">The reason, for administrators; <see langword="null"/> if none was given.</param>
/// <param name="ChangedAt">When it was last changed; <see langword="null"/> if never.</param>
/// <param name="ImportId">The import that is not finished, so that the store is incomplete; <see langword="null"/> otherwise.</param>
internal sealed record RegistrationStatus(bool Closed, string? Reason = null, DateTimeOffset? ChangedAt = null, Guid? ImportId = null)
{
    public static RegistrationStatus Enabled { get; } = new(Closed: false);
}
