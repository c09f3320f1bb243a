namespace GrpcDcr.Server.Model;

/// <summary>Which audit events to list; <see langword="null"/> means any. An event must match all that is set.</summary>
/// <param name="ClientId">About this client, which may have been deleted.</param>
/// <param name="Type">Of this type.</param>
/// <param name="From">At or after this time.</param>
/// <param name="Until">Before this time. The store may stop when an event is <see cref="ClockSteps"/> past it.</param>
internal sealed record AuditFilter(
    ClientId? ClientId = null, AuditEventType? Type = null, DateTimeOffset? From = null, DateTimeOffset? Until = null)
{
    /// <summary>Events are ordered by their sequence and nearly by their times, because clocks may step back.</summary>
    public static readonly TimeSpan ClockSteps = TimeSpan.FromHours(1);
}
