namespace GrpcDcr.Server.Model;

/// <summary>Where a client stands. The numbers are stored: they never change meaning.</summary>
internal enum ClientState
{
    /// <summary>Registered; an administrator has the next move.</summary>
    Pending = 1,

    /// <summary>May be used.</summary>
    Active = 2,

    /// <summary>Taken out of use by an administrator, who may reinstate it.</summary>
    Suspended = 3,

    /// <summary>Refused by an administrator, who may still approve it.</summary>
    Rejected = 4,
}
