namespace GrpcDcr.Server.Policy;

/// <summary>Who lets a new client into use.</summary>
internal enum ApprovalMode
{
    /// <summary>A new client is pending until an administrator approves it.</summary>
    Manual = 0,

    /// <summary>A new client is active at once.</summary>
    Automatic = 1,
}
