namespace GrpcDcr.Server.Model;

/// <summary>Whether administrators let new clients register at all. Management of clients and lookups go on either way.</summary>
/// <param name="Closed">No new client is admitted.</param>
/// <param name="Reason">Why, for administrators; <see langword="null"/> when no reason was given.</param>
/// <param name="ChangedAt">When it was last turned; <see langword="null"/> if never.</param>
/// <param name="ImportId">The import that is not finished, so that much may be missing; <see langword="null"/> in every other case.</param>
internal sealed record RegistrationStatus(bool Closed, string? Reason = null, DateTimeOffset? ChangedAt = null, Guid? ImportId = null)
{
    public static RegistrationStatus Enabled { get; } = new(Closed: false);
}
