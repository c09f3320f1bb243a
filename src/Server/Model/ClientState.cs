namespace GrpcDcr.Server.Model;

/// <summary>The state of a client. The numbers are stored and never change their meaning.</summary>
internal enum ClientState
{
    /// <summary>Registered; an administrator must decide.</summary>
    Pending = 1,

    /// <summary>It can be used.</summary>
    Active = 2,

    /// <summary>Suspended by an administrator, who can reinstate it.</summary>
    Suspended = 3,

    /// <summary>Rejected by an administrator, who can still approve it.</summary>
    Rejected = 4,
}
