namespace GrpcDcr.Server.Model;

/// <summary>The states by name, and the moves between them.</summary>
internal static class ClientStates
{
    /// <summary>The value of <c>client_status</c>: the name in lower case.</summary>
    public static string WireNameOf(ClientState state) => state switch
    {
        ClientState.Pending => "pending",
        ClientState.Active => "active",
        ClientState.Suspended => "suspended",
        ClientState.Rejected => "rejected",
        _ => throw new ArgumentOutOfRangeException(nameof(state), state, "Not a client state."),
    };
}

/// <summary>What an operator can decide about a client: the table of allowed moves.</summary>
/// <param name="Done">The act as in "cannot be <c>approved</c>".</param>
/// <param name="From">The states it is allowed from.</param>
/// <param name="To">The state it leads to.</param>
/// <param name="Event">The audit event that records it.</param>
/// <param name="NeedsReason">Whether a reason must be given.</param>
internal sealed record ClientMove(
    string Done, IReadOnlyList<ClientState> From, ClientState To, AuditEventType Event, bool NeedsReason = false)
{
    public static ClientMove Approve { get; } =
        new("approved", [ClientState.Pending, ClientState.Rejected], ClientState.Active, AuditEventType.ClientApproved);

    public static ClientMove Reject { get; } =
        new("rejected", [ClientState.Pending], ClientState.Rejected, AuditEventType.ClientRejected, NeedsReason: true);

    public static ClientMove Suspend { get; } =
        new("suspended", [ClientState.Active], ClientState.Suspended, AuditEventType.ClientSuspended);

    public static ClientMove Reinstate { get; } =
        new("reinstated", [ClientState.Suspended], ClientState.Active, AuditEventType.ClientReinstated);

    public bool IsAllowedFrom(ClientState state) => From.Contains(state);
}
