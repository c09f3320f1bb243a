namespace GrpcDcr.Server.Storage.Postgres.Connections;

/// <summary>Settings of the engine for several instances.</summary>
/// <param name="ConnectionString">
/// The connection string of Npgsql. Limits that it does not set: 20 connections, 5 seconds to connect, 10 seconds for a command.
/// </param>
internal sealed record PostgresOptions(string ConnectionString)
{
    /// <summary>The schema of the database that holds the tables. Created if it does not exist.</summary>
    public string Schema { get; init; } = "grpcdcr";

    /// <summary>Whether opening the store migrates its tables; otherwise outdated tables are refused.</summary>
    public bool Migrate { get; init; } = true;

    /// <summary>Whether instances notify each other of changes by NOTIFY. Without it they poll four times a second.</summary>
    public bool Notifications { get; init; } = true;

    /// <summary>How much memory decoded clients may take, roughly.</summary>
    public long CacheBytes { get; init; } = 64 * 1024 * 1024;

    /// <summary>For how long cached clients are used without a confirmation by the database that they are current.</summary>
    public TimeSpan MaxStaleness { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>How many changes may be queued; one more is refused as <see cref="StorageFailure.Busy"/>.</summary>
    public int QueueLength { get; init; } = 4096;

    /// <summary>How many bytes the queued changes may have together; beyond that one more is refused too.</summary>
    public long QueueBytes { get; init; } = 16 * 1024 * 1024;

    /// <summary>How many changes share one transaction at the most.</summary>
    public int MaxBatch { get; init; } = 256;

    /// <summary>How long opening waits for a database that cannot be reached.</summary>
    public TimeSpan OpeningTime { get; init; } = TimeSpan.FromSeconds(30);
}
