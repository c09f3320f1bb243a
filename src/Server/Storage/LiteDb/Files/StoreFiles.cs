namespace GrpcDcr.Server.Storage.LiteDb.Files;

/// <summary>Names in a store's folder.</summary>
internal static class StoreFiles
{
    /// <summary>A LiteDB data file.</summary>
    public const string Data = "clients.db";

    /// <summary>Pages that a checkpoint takes into the data file.</summary>
    public const string Log = "clients.wal";

    /// <summary>The latest changes. A change is acknowledged once it is here.</summary>
    public static IReadOnlyList<string> Journal { get; } = ["clients.1.journal", "clients.2.journal"];

    /// <summary>Backups, a folder each.</summary>
    public const string Backups = "backups";
}
