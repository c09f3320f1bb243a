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

    /// <summary>How many changes share one sync at the most.</summary>
    public int MaxBatch { get; init; } = 256;

    /// <summary>How much of the journal goes into LiteDB in one transaction, in records. LiteDB has no time for questions meanwhile.</summary>
    public int RecordsAtOnce { get; init; } = 256;

    /// <summary>How many records may wait to go into LiteDB; changes wait when there are more.</summary>
    public int MaxUnapplied { get; init; } = 8192;

    /// <summary>How long a change may wait for others before it goes into LiteDB. It is durable all the while.</summary>
    public TimeSpan Gathering { get; init; } = TimeSpan.FromMilliseconds(100);

    /// <summary>How large the log of pages grows before it moves into the data file.</summary>
    public long CheckpointBytes { get; init; } = 4 * 1024 * 1024;

    /// <summary>The log of pages is laid out this large, so that writing it overwrites blocks the file has already.</summary>
    public long LogBytes => 2 * CheckpointBytes;

    /// <summary>So is each segment of the journal; it is longer while what it has cannot go into the data file.</summary>
    public long SegmentBytes => CheckpointBytes;

    /// <summary>While a backup holds checkpoints off, changes are refused once the log is this large.</summary>
    public long MaxLogBytes => 16 * CheckpointBytes;
}
