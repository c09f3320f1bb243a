using System.Diagnostics;

namespace GrpcDcr.Server.Model;

/// <summary>What an administrator can decide about a client: the table of allowed moves.</summary>
/// <param name="Done">The act as in "cannot be <c>approved</c>".</param>
/// <param name="From">The states it is allowed from.</param>
/// <param name="To">The state it leads to.</param>
/// <param name="Event">The audit event that records it.</param>
/// <param name="NeedsReason">Whether a reason must be given.</param>
internal sealed record ClientTransition(
    string Done, IReadOnlyList<ClientState> From, ClientState To, AuditEventType Event, bool NeedsReason = false)
{
    /// <summary>Where an update waits, the update is what is approved.</summary>
    public static ClientTransition Approve { get; } =
        new("approved", [ClientState.Pending, ClientState.Rejected], ClientState.Active, AuditEventType.ClientApproved);

    /// <summary>Where an update of an approved client waits, only the update is refused.</summary>
    public static ClientTransition Reject { get; } =
        new("rejected", [ClientState.Pending], ClientState.Rejected, AuditEventType.ClientRejected, NeedsReason: true);

    /// <summary>Also from pending, while an approved version is in force.</summary>
    public static ClientTransition Suspend { get; } =
        new("suspended", [ClientState.Active], ClientState.Suspended, AuditEventType.ClientSuspended);

    /// <summary>Leads to pending where an update waits.</summary>
    public static ClientTransition Reinstate { get; } =
        new("reinstated", [ClientState.Suspended], ClientState.Active, AuditEventType.ClientReinstated);

    public bool IsAllowedFrom(RegisteredClient client) =>
        From.Contains(client.State) || (this == Suspend && client is { State: ClientState.Pending, ApprovedMetadata: not null });

    /// <summary>The client after the move.</summary>
    public RegisteredClient Apply(RegisteredClient client) => client switch
    {
        { ApprovedMetadata: { } approved } when this == Reject =>
            client with { State = ClientState.Active, Metadata = approved, ApprovedMetadata = null },
        { ApprovedMetadata: not null } when this == Approve => client with { State = To, ApprovedMetadata = null },
        { ApprovedMetadata: not null } when this == Reinstate => client with { State = ClientState.Pending },
        { ApprovedMetadata: null } => client with { State = To },
        { ApprovedMetadata: not null } when this == Suspend => client with { State = To },
        _ => throw new UnreachableException("It is not decided what this transition does to a pending update."),
    };
}
