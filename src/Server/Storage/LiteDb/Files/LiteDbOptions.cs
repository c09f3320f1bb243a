namespace GrpcDcr.Server.Storage.LiteDb.Files;

/// <summary>Settings of the embedded engine.</summary>
/// <param name="Folder">The folder of the store, on a local disk. It is created if it does not exist.</param>
internal sealed record LiteDbOptions(string Folder)
{
    /// <summary>Names of files in the folder that are not the engine's and are copied into each backup, if they exist.</summary>
    public IReadOnlyList<string> OtherFiles { get; init; } = [];

    /// <summary>How much memory decoded clients may take, roughly.</summary>
    public long CacheBytes { get; init; } = 64 * 1024 * 1024;

    /// <summary>How much memory decoded initial access tokens may take besides: they are small, and mostly few.</summary>
    public long InitialAccessTokenCacheBytes => CacheBytes / 16;

    /// <summary>How many changes may be queued; one more is refused as <see cref="StorageFailure.Busy"/>.</summary>
    public int QueueLength { get; init; } = 4096;

    /// <summary>How many bytes the queued changes may have together; beyond that one more is refused too.</summary>
    public long QueueBytes { get; init; } = 16 * 1024 * 1024;

    /// <summary>How many changes share one sync at the most.</summary>
    public int MaxBatch { get; init; } = 256;

    /// <summary>How many records of the journal are applied to LiteDB in one transaction. Queries of LiteDB wait meanwhile.</summary>
    public int RecordsPerTransaction { get; init; } = 256;

    /// <summary>How many records may be in the apply queue; changes wait when there are more.</summary>
    public int MaxUnapplied { get; init; } = 8192;

    /// <summary>How many bytes the records in the apply queue may have together; changes wait when there are more.</summary>
    public long MaxUnappliedBytes { get; init; } = 32 * 1024 * 1024;

    /// <summary>How long an entry may wait for others before it is applied to LiteDB. It is durable all the while.</summary>
    public TimeSpan Gathering { get; init; } = TimeSpan.FromMilliseconds(100);

    /// <summary>How large the log of pages grows before it moves into the data file.</summary>
    public long CheckpointBytes { get; init; } = 4 * 1024 * 1024;

    /// <summary>
    /// The log of pages is filled with zeros up to this size when it is made, so that writing it overwrites blocks that the file has
    /// already.
    /// </summary>
    public long LogBytes => 2 * CheckpointBytes;

    /// <summary>So is each segment of the journal. It grows further while its entries cannot reach the data file.</summary>
    public long SegmentBytes => CheckpointBytes;

    /// <summary>While a backup holds checkpoints off, changes are refused once the log is this large.</summary>
    public long MaxLogBytes => 16 * CheckpointBytes;
}
