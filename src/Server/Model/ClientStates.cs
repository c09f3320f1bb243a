namespace GrpcDcr.Server.Model;

/// <summary>The names of the states.</summary>
internal static class ClientStates
{
    /// <summary>The value of <c>client_status</c>: the name in lower case.</summary>
    public static string NameOf(ClientState state) => state switch
    {
        ClientState.Pending => "pending",
        ClientState.Active => "active",
        ClientState.Suspended => "suspended",
        ClientState.Rejected => "rejected",
        _ => throw new ArgumentOutOfRangeException(nameof(state), state, "Not a client state."),
    };
}
