namespace GrpcDcr.Server.Model;

/// <summary>Which clients to list. A client must match all that is set.</summary>
/// <param name="State">In this state; <see langword="null"/> for any.</param>
/// <param name="AwaitingApproval">Only clients that wait for a decision: pending clients, and clients with a pending update.</param>
internal sealed record ClientFilter(ClientState? State = null, bool AwaitingApproval = false)
{
    public static ClientFilter All { get; } = new();
}
