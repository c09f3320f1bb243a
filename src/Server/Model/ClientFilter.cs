namespace GrpcDcr.Server.Model;

/// <summary>Which clients to list. All that is set must hold.</summary>
/// <param name="State">In this state; <see langword="null"/> for any.</param>
/// <param name="AwaitingApproval">Only those that wait for a decision: pending ones, and those with a pending update.</param>
internal sealed record ClientFilter(ClientState? State = null, bool AwaitingApproval = false)
{
    public static ClientFilter All { get; } = new();
}
