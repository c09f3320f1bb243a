namespace GrpcDcr.Server.Policy;

/// <summary>How a new client becomes active.</summary>
internal enum ApprovalMode
{
    /// <summary>A new client is pending until an administrator approves it.</summary>
    Manual = 0,

    /// <summary>A new client is active at once.</summary>
    Automatic = 1,
}
