namespace GrpcDcr.Server.Storage;

/// <summary>Why an operation of a store failed.</summary>
internal enum StorageFailure
{
    /// <summary>Not reachable, or not writable at the moment (full disk, connection lost). Nothing happened.</summary>
    Unavailable,

    /// <summary>Too many changes are queued already. Nothing happened.</summary>
    Busy,

    /// <summary>A change may or may not have happened.</summary>
    OutcomeUnknown,

    /// <summary>The stored data cannot be used: damaged, from another program, or newer than this program.</summary>
    Corrupt,

    /// <summary>Another process uses the store.</summary>
    InUse,
}

/// <summary>The only exception of a store. Its message is for administrators and logs, never for callers.</summary>
internal sealed class StorageException(StorageFailure failure, string message, Exception? inner = null) : Exception(message, inner)
{
    public StorageFailure Failure { get; } = failure;
}
