namespace GrpcDcr.Server.Storage.Postgres.Connections;

/// <summary>Settings of the engine for several instances.</summary>
/// <param name="ConnectionString">
/// As Npgsql reads it. What it does not say is bounded here: 20 connections, 5 seconds to connect and 10 for a command.
/// </param>
internal sealed record PostgresOptions(string ConnectionString)
{
    /// <summary>The schema of the database that holds the tables. Created if it does not exist.</summary>
    public string Schema { get; init; } = "grpcdcr";

    /// <summary>Whether opening the store brings its tables up to date; otherwise it refuses tables that are not.</summary>
    public bool Migrate { get; init; } = true;

    /// <summary>Whether instances tell each other of changes by NOTIFY. Without it they find out by polling, four times a second.</summary>
    public bool Notifications { get; init; } = true;

    /// <summary>How much memory decoded clients may take, roughly.</summary>
    public long CacheBytes { get; init; } = 64 * 1024 * 1024;

    /// <summary>For how long cached clients are used without a confirmation by the database that they are current.</summary>
    public TimeSpan MaxStaleness { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>How many changes may be queued; one more is refused as <see cref="StorageFailure.Busy"/>.</summary>
    public int QueueLength { get; init; } = 4096;

    /// <summary>How many changes share one transaction at the most.</summary>
    public int MaxBatch { get; init; } = 256;

    /// <summary>How long opening waits for a database that cannot be reached.</summary>
    public TimeSpan OpeningTime { get; init; } = TimeSpan.FromSeconds(30);
}
