namespace GrpcDcr.Server.Storage.LiteDb;

/// <summary>Settings of the embedded engine.</summary>
/// <param name="Folder">The folder that holds the store's files. On a local disk; made where there is none.</param>
internal sealed record LiteDbOptions(string Folder)
{
    /// <summary>How much memory decoded clients may take, roughly.</summary>
    public long CacheBytes { get; init; } = 64 * 1024 * 1024;

    /// <summary>How much memory decoded initial access tokens may take besides: they are small, and mostly few.</summary>
    public long TokenCacheBytes => CacheBytes / 16;

    /// <summary>How many changes may wait; one more is refused as <see cref="StorageFailure.Busy"/>.</summary>
    public int QueueLength { get; init; } = 4096;

    /// <summary>How many changes share one transaction and one sync at the most.</summary>
    public int MaxBatch { get; init; } = 256;

    /// <summary>How large the log grows before it moves into the data file.</summary>
    public long CheckpointBytes { get; init; } = 8 * 1024 * 1024;

    /// <summary>The log is laid out this large, so that a commit overwrites blocks the file has already.</summary>
    public long LogBytes => 2 * CheckpointBytes;

    /// <summary>While a backup holds checkpoints off, changes are refused once the log is this large.</summary>
    public long MaxLogBytes => 8 * CheckpointBytes;
}
