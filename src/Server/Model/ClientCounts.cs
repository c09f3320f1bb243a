namespace GrpcDcr.Server.Model;

/// <summary>How many clients there are.</summary>
/// <param name="ByState">By state; a state without clients may be absent.</param>
/// <param name="PendingUpdates">With a pending update.</param>
/// <param name="AwaitingApproval">That wait for a decision: pending, or with a pending update.</param>
/// <param name="OldestPending">When the oldest pending client was issued; <see langword="null"/> if there is none.</param>
internal sealed record ClientCounts(
    IReadOnlyDictionary<ClientState, long> ByState, long PendingUpdates, long AwaitingApproval, DateTimeOffset? OldestPending)
{
    public long Of(ClientState state) => ByState.GetValueOrDefault(state);
}
