namespace GrpcDcr.Server.Storage.LiteDb;

/// <summary>What an administrator reads when a store cannot be used, and what to do about it.</summary>
internal static class StoreFault
{
    public static StorageException Damaged(string what, Exception? cause = null) => new(
        StorageFailure.Corrupt,
        $"{what}. Nothing was changed. Keep the folder for inspection, and restore all files of the store from the newest "
        + "backup.",
        cause);

    public static StorageException Foreign(string what, Exception? cause = null) => new(
        StorageFailure.Corrupt, $"{what}. Nothing was changed. Point the setting at another folder, or move these files away.", cause);

    public static StorageException Newer(string what) => new(
        StorageFailure.Corrupt,
        $"{what}. Nothing was changed. Start the version of the service that wrote it, or restore a backup from before the update.");
}

/// <summary>Names in a store's folder.</summary>
internal static class StoreFiles
{
    /// <summary>A LiteDB data file.</summary>
    public const string Data = "clients.db";

    /// <summary>Pages that a checkpoint takes into the data file.</summary>
    public const string Log = "clients.wal";

    /// <summary>The changes of late, by which they are acknowledged.</summary>
    public static IReadOnlyList<string> Journal { get; } = ["clients.1.journal", "clients.2.journal"];

    /// <summary>Backups, a folder each.</summary>
    public const string Backups = "backups";
}
