namespace GrpcDcr.Server.Model;

/// <summary>The decisions of administrators about a client: the table of allowed transitions.</summary>
/// <param name="Done">The act as in "cannot be <c>approved</c>".</param>
/// <param name="From">The states it is allowed from.</param>
/// <param name="To">The state it leads to; <see cref="Reinstate"/> leads to another one if the client was suspended from there.</param>
/// <param name="Event">The audit event that records it.</param>
/// <param name="NeedsReason">Whether a reason must be given.</param>
/// <param name="NeedsEtag">Whether an etag is required.</param>
/// <param name="DecidesUpdates">Whether it decides about a pending update if there is one, without a change of the state.</param>
internal sealed record ClientTransition(
    string Done,
    IReadOnlyList<ClientState> From,
    ClientState To,
    AuditEventType Event,
    bool NeedsReason = false,
    bool NeedsEtag = false,
    bool DecidesUpdates = false)
{
    /// <summary>Approves the pending update if there is one.</summary>
    public static ClientTransition Approve { get; } = new(
        "approved",
        [ClientState.Pending, ClientState.Rejected],
        ClientState.Active,
        AuditEventType.ClientApproved,
        NeedsEtag: true,
        DecidesUpdates: true);

    /// <summary>Rejects only the pending update if there is one.</summary>
    public static ClientTransition Reject { get; } = new(
        "rejected",
        [ClientState.Pending],
        ClientState.Rejected,
        AuditEventType.ClientRejected,
        NeedsReason: true,
        NeedsEtag: true,
        DecidesUpdates: true);

    /// <summary>Stops a client whatever its state; only <see cref="Reinstate"/> ends that.</summary>
    public static ClientTransition Suspend { get; } = new(
        "suspended",
        [ClientState.Pending, ClientState.Active, ClientState.Rejected],
        ClientState.Suspended,
        AuditEventType.ClientSuspended);

    /// <summary>Returns the client to the state that it was suspended from: it approves nothing.</summary>
    public static ClientTransition Reinstate { get; } =
        new("reinstated", [ClientState.Suspended], ClientState.Active, AuditEventType.ClientReinstated, NeedsEtag: true);

    public bool IsAllowedFrom(RegisteredClient client) => From.Contains(client.State) || IsAboutUpdateOf(client);

    /// <summary>The client after the transition.</summary>
    /// <param name="client">The client before it.</param>
    /// <param name="reason">The reason; <see langword="null"/> if none is given.</param>
    /// <param name="publicReason">The reason for users; <see langword="null"/> if none is given.</param>
    public RegisteredClient Apply(RegisteredClient client, string? reason, string? publicReason) => IsAboutUpdateOf(client)
        ? client with { Metadata = this == Approve ? client.Latest : client.Metadata, PendingUpdate = null, Approvals = [] }
        : client with
        {
            Approvals = this == Reject ? [] : client.Approvals,
            State = this == Reinstate ? client.SuspendedFrom ?? To : To,
            SuspendedFrom = this == Suspend && client.State != ClientState.Active ? client.State : null,
            StateReason = reason,
            PublicReason = publicReason,
        };

    private bool IsAboutUpdateOf(RegisteredClient client) => DecidesUpdates && client.PendingUpdate is not null;
}
