namespace GrpcDcr.Server.Storage.Postgres;

/// <summary>Log lines of the engine.</summary>
internal static partial class PostgresLog
{
    [LoggerMessage(1, LogLevel.Information, "Brought the tables in schema {Schema} to version {Version}.")]
    public static partial void Migrated(this ILogger logger, string schema, int version);

    [LoggerMessage(2, LogLevel.Warning, "The database does not sync what it commits (fsync is {Fsync}): a power cut loses what was acknowledged.")]
    public static partial void NotDurable(this ILogger logger, string fsync);

    [LoggerMessage(3, LogLevel.Error, "Changes are refused for now: the database cannot be used. It is tried again twice a second.")]
    public static partial void Suspended(this ILogger logger, Exception cause);

    [LoggerMessage(4, LogLevel.Information, "The database is back, and changes are accepted again.")]
    public static partial void Resumed(this ILogger logger);

    [LoggerMessage(5, LogLevel.Warning, "The answer to a batch of {Changes} changes was lost; the database is asked what became of it.")]
    public static partial void AnswerLost(this ILogger logger, int changes, Exception cause);

    [LoggerMessage(6, LogLevel.Information, "The batch whose answer was lost {Outcome}.")]
    public static partial void AnswerFound(this ILogger logger, string outcome);

    [LoggerMessage(7, LogLevel.Warning, "Changes of other instances cannot be followed just now; clients are read from the database until they can.")]
    public static partial void FeedLost(this ILogger logger, Exception cause);

    [LoggerMessage(8, LogLevel.Information, "Changes of other instances are followed again.")]
    public static partial void FeedFound(this ILogger logger);

    [LoggerMessage(9, LogLevel.Warning, "The database cannot be reached; opening waits for it up to {Seconds} seconds.")]
    public static partial void AwaitingDatabase(this ILogger logger, double seconds, Exception cause);

    [LoggerMessage(10, LogLevel.Error, "The database refused a batch of {Changes} changes; each is tried alone.")]
    public static partial void BatchRefused(this ILogger logger, int changes, Exception cause);
}
