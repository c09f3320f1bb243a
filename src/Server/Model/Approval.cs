namespace GrpcDcr.Server.Model;

/// <summary>The approval of a client, or of its pending update, by one administrator.</summary>
/// <param name="Actor">Who approved.</param>
/// <param name="Time">When, in whole milliseconds, UTC.</param>
/// <param name="Reason">The reason; <see langword="null"/> if none was given.</param>
internal sealed record Approval(Actor Actor, DateTimeOffset Time, string? Reason);
