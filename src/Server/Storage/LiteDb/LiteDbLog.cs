namespace GrpcDcr.Server.Storage.LiteDb;

/// <summary>Log lines of the engine.</summary>
internal static partial class LiteDbLog
{
    [LoggerMessage(1, LogLevel.Information, "Made a new store in {Folder}.")]
    public static partial void Created(this ILogger logger, string folder);

    [LoggerMessage(2, LogLevel.Information, "Opened the store in {Folder}; {Pages} pages came from the log.")]
    public static partial void Opened(this ILogger logger, string folder, int pages);

    [LoggerMessage(3, LogLevel.Warning, "Left out the last {Frames} frames of the log of pages, which were cut off; the journal has what they had.")]
    public static partial void TornBatch(this ILogger logger, int frames);

    [LoggerMessage(4, LogLevel.Error, "Changes are refused for now: {Reason}")]
    public static partial void Suspended(this ILogger logger, string reason, Exception cause);

    [LoggerMessage(5, LogLevel.Information, "Changes are accepted again.")]
    public static partial void Resumed(this ILogger logger);

    [LoggerMessage(6, LogLevel.Critical, "The store has stopped; restart the service: {Reason}")]
    public static partial void Stopped(this ILogger logger, string reason, Exception cause);

    [LoggerMessage(7, LogLevel.Warning, "A checkpoint failed and will be tried again.")]
    public static partial void CheckpointFailed(this ILogger logger, Exception cause);

    [LoggerMessage(8, LogLevel.Error, "A batch of {Changes} changes could not be validated; each is tried alone.")]
    public static partial void BatchRefused(this ILogger logger, int changes, Exception cause);

    [LoggerMessage(9, LogLevel.Information, "Backed up {Bytes} bytes to {Path}.")]
    public static partial void BackedUp(this ILogger logger, long bytes, string path);

    [LoggerMessage(10, LogLevel.Information, "The store had layout {Before}, and now has {After}. Older versions of the service refuse it.")]
    public static partial void Upgraded(this ILogger logger, int before, int after);

    [LoggerMessage(11, LogLevel.Warning, "Left out the last changes in the journal, which were cut off before they were acknowledged.")]
    public static partial void TornEntry(this ILogger logger);
}
