using System.Net;

namespace GrpcDcr.Server.Model;

/// <summary>
/// Which clients to list. A client must match all that is set; <see langword="null"/> means any. Where metadata is asked for, the effective
/// metadata or that of a pending update must match.
/// </summary>
/// <param name="State">In this state.</param>
/// <param name="AwaitingApproval">Only clients that wait for a decision: pending clients, and clients with a pending update.</param>
internal sealed record ClientFilter(ClientState? State = null, bool AwaitingApproval = false)
{
    /// <summary>Clocks may step back between making an identifier and issuing its client, and they differ between instances.</summary>
    private static readonly TimeSpan ClockSteps = AuditFilter.ClockSteps;

    public static ClientFilter All { get; } = new();

    /// <summary>With a pending update, or without one.</summary>
    public bool? HasPendingUpdate { get; init; }

    /// <summary>The <c>client_name</c> in one of its languages begins with this, whatever the case.</summary>
    public string? NamePrefix { get; init; }

    /// <summary>The <c>client_name</c> in one of its languages contains this, whatever the case.</summary>
    public string? NamePart { get; init; }

    /// <summary>A redirect URI has this target, as <see cref="ClientTraits.RedirectHostsOf"/> says it.</summary>
    public string? RedirectHost { get; init; }

    /// <summary>The <c>software_id</c>.</summary>
    public string? SoftwareId { get; init; }

    /// <summary>With such an identifier.</summary>
    public ClientIdRange Ids { get; init; } = ClientIdRange.All;

    /// <summary>Who is responsible for the client.</summary>
    public string? Owner { get; init; }

    /// <summary>How it was admitted: one of the names in <see cref="AdmissionNames"/>.</summary>
    public string? AdmittedBy { get; init; }

    /// <summary>The issued token that admitted it.</summary>
    public InitialAccessTokenId? InitialAccessTokenId { get; init; }

    /// <summary>With an annotation of this key, and this value unless it is <see langword="null"/>.</summary>
    public KeyValuePair<string, string?>? Annotation { get; init; }

    /// <summary>The registration came from an address in this network.</summary>
    public IPNetwork? SourceNetwork { get; init; }

    /// <summary>Issued at or after this time.</summary>
    public DateTimeOffset? IssuedFrom { get; init; }

    /// <summary>Issued before this time.</summary>
    public DateTimeOffset? IssuedUntil { get; init; }

    /// <summary>Whether all that is set follows from the state and the identifier.</summary>
    public bool IsIndexed => this == new ClientFilter(State, AwaitingApproval) { HasPendingUpdate = HasPendingUpdate, Ids = Ids };

    /// <summary>Where the identifiers of all clients lie that can match.</summary>
    public ClientIdRange Range => Ids.And(ClientIdRange.MadeIn(Plus(IssuedFrom, -ClockSteps), Plus(IssuedUntil, ClockSteps)));

    public bool Matches(RegisteredClient client) =>
        (State is not { } state || client.State == state)
        && (!AwaitingApproval || client.IsAwaitingApproval)
        && (HasPendingUpdate is not { } pending || client.PendingUpdate is not null == pending)
        && Ids.Contains(client.Id)
        && (Owner is null || client.Constraints?.Owner == Owner)
        && (AdmittedBy is null || client.AdmittedBy == AdmittedBy)
        && (InitialAccessTokenId is null || client.InitialAccessTokenId == InitialAccessTokenId)
        && (Annotation is not { } sought
            || (client.Annotations.TryGetValue(sought.Key, out var value) && (sought.Value is null || sought.Value == value)))
        && (SourceNetwork is not { } network || (IPAddress.TryParse(client.SourceAddress, out var address) && network.Contains(address)))
        && (IssuedFrom is null || client.IssuedAt >= IssuedFrom)
        && (IssuedUntil is null || client.IssuedAt < IssuedUntil)
        && MatchesMetadata(client);

    private static DateTimeOffset? Plus(DateTimeOffset? time, TimeSpan span) => time is not { } given ? null
        : span < TimeSpan.Zero && given - DateTimeOffset.MinValue < -span ? DateTimeOffset.MinValue
        : span > TimeSpan.Zero && DateTimeOffset.MaxValue - given < span ? DateTimeOffset.MaxValue
        : given + span;

    private bool MatchesMetadata(RegisteredClient client) =>
        (SoftwareId is null || ClientTraits.DocumentsOf(client).Any(d => d.Text(CoreMembers.SoftwareId) == SoftwareId))
        && (RedirectHost is null || ClientTraits.RedirectHostsOf(client).Contains(RedirectHost))
        && (NamePrefix is null || ClientTraits.NamesOf(client).Any(name => name.StartsWith(NamePrefix, StringComparison.OrdinalIgnoreCase)))
        && (NamePart is null || ClientTraits.NamesOf(client).Any(name => name.Contains(NamePart, StringComparison.OrdinalIgnoreCase)));
}
