namespace GrpcDcr.Server.Model;

/// <summary>Which audit events to list; <see langword="null"/> means any. All that is set must hold.</summary>
/// <param name="ClientId">About this client, deleted or not.</param>
/// <param name="Type">Of this type.</param>
/// <param name="From">At or after this time.</param>
/// <param name="Until">Before this time. The store may stop looking once an event is <see cref="ClockSteps"/> past it.</param>
internal sealed record AuditFilter(
    ClientId? ClientId = null, AuditEventType? Type = null, DateTimeOffset? From = null, DateTimeOffset? Until = null)
{
    /// <summary>Events come in the order of their sequence, and their times nearly so: clocks step back a little at times.</summary>
    public static readonly TimeSpan ClockSteps = TimeSpan.FromHours(1);
}
