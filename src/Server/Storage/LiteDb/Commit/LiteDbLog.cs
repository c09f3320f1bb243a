namespace GrpcDcr.Server.Storage.LiteDb.Commit;

/// <summary>Log lines of the engine.</summary>
internal static partial class LiteDbLog
{
    [LoggerMessage(1, LogLevel.Information, "Created a new store in {Folder}")]
    public static partial void Created(this ILogger logger, string folder);

    [LoggerMessage(2, LogLevel.Information, "Opened the store in {Folder}; recovered {Pages} pages from the log")]
    public static partial void Opened(this ILogger logger, string folder, int pages);

    [LoggerMessage(3, LogLevel.Warning, "Discarded {Frames} torn frames at the end of the page log; the journal still has their changes")]
    public static partial void TornBatch(this ILogger logger, int frames);

    [LoggerMessage(4, LogLevel.Error, "Rejecting changes until the store is writable again: {Reason}")]
    public static partial void Suspended(this ILogger logger, string reason, Exception cause);

    [LoggerMessage(5, LogLevel.Information, "Accepting changes again")]
    public static partial void Resumed(this ILogger logger);

    [LoggerMessage(6, LogLevel.Critical, "Stopped the store; restart the service: {Reason}")]
    public static partial void Stopped(this ILogger logger, string reason, Exception cause);

    [LoggerMessage(7, LogLevel.Warning, "Failed to run a checkpoint; will retry")]
    public static partial void CheckpointFailed(this ILogger logger, Exception cause);

    [LoggerMessage(8, LogLevel.Error, "Failed to validate a batch of {Changes} changes; will commit them one by one")]
    public static partial void BatchRefused(this ILogger logger, int changes, Exception cause);

    [LoggerMessage(9, LogLevel.Information, "Backed up {Bytes} bytes to {Path}")]
    public static partial void BackedUp(this ILogger logger, long bytes, string path);

    [LoggerMessage(10, LogLevel.Warning, "Discarded a torn entry at the end of the journal; its changes were never acknowledged")]
    public static partial void TornEntry(this ILogger logger);
}
