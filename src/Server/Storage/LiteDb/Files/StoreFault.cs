namespace GrpcDcr.Server.Storage.LiteDb.Files;

/// <summary>Errors for administrators when a store cannot be used, with what to do.</summary>
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
        $"{what}. Nothing was changed. Start the version of the service that wrote it, or restore a backup from before the update. "
        + "docs/upgrading.md says how to move the content to this version.");
}
