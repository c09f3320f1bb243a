namespace GrpcDcr.Server.Storage.Postgres;

/// <summary>Log lines of the engine.</summary>
internal static partial class PostgresLog
{
    [LoggerMessage(1, LogLevel.Warning,
        "The database does not sync its commits (fsync is {Fsync}): a power failure loses acknowledged changes")]
    public static partial void NotDurable(this ILogger logger, string fsync);

    [LoggerMessage(2, LogLevel.Error, "Rejecting changes: the database cannot be used; will retry twice a second")]
    public static partial void Suspended(this ILogger logger, Exception cause);

    [LoggerMessage(3, LogLevel.Information, "Accepting changes again: the database can be used")]
    public static partial void Resumed(this ILogger logger);

    [LoggerMessage(4, LogLevel.Warning, "Lost the answer to the commit of {Changes} changes; will ask the database for the outcome")]
    public static partial void AnswerLost(this ILogger logger, int changes, Exception cause);

    [LoggerMessage(5, LogLevel.Information, "Found the outcome of a lost commit: {Outcome}")]
    public static partial void AnswerFound(this ILogger logger, string outcome);

    [LoggerMessage(6, LogLevel.Warning,
        "Failed to follow changes of other instances; will read clients from the database until that works again")]
    public static partial void FeedLost(this ILogger logger, Exception cause);

    [LoggerMessage(7, LogLevel.Information, "Following changes of other instances again")]
    public static partial void FeedFound(this ILogger logger);

    [LoggerMessage(8, LogLevel.Warning, "Failed to use {Place}: {Cause}; will retry for up to {Seconds} seconds")]
    public static partial void AwaitingDatabase(this ILogger logger, string place, string cause, double seconds);

    [LoggerMessage(9, LogLevel.Error, "Failed to commit a batch of {Changes} changes; will commit them one by one")]
    public static partial void BatchRefused(this ILogger logger, int changes, Exception cause);

    [LoggerMessage(10, LogLevel.Warning,
        "Discarded all cached clients: the audit log of the database may not be the one that was followed. Changes were lost if a standby "
        + "was promoted or a backup restored")]
    public static partial void AnotherLog(this ILogger logger);

    [LoggerMessage(11, LogLevel.Warning,
        "The database acknowledges commits that it may lose (synchronous_commit is {Value}); the changes of this service are committed "
        + "with 'on'")]
    public static partial void CommitsRaised(this ILogger logger, string value);
}
