using System.Net;

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

    /// <summary>The <see cref="Model.Actor.Name"/> of who did it.</summary>
    public string? Actor { get; init; }

    /// <summary>It came from an address in this network.</summary>
    public IPNetwork? SourceNetwork { get; init; }

    public bool Matches(AuditEvent recorded) =>
        (ClientId is null || recorded.ClientId == ClientId)
        && (Type is null || recorded.Type == Type)
        && (From is null || recorded.Time >= From)
        && (Until is null || recorded.Time < Until)
        && (Actor is null || recorded.Actor.Name == Actor)
        && (SourceNetwork is not { } network
            || (IPAddress.TryParse(recorded.SourceAddress, out var address) && network.Contains(address)));
}
