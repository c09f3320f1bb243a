using Npgsql;

namespace GrpcDcr.Server.Storage.Postgres.Connections;

/// <summary>The storage failure that an error of the database, or of the connection to it, means.</summary>
internal static class PostgresFault
{
    /// <summary>The failure of an operation that changed nothing.</summary>
    public static StorageException Of(Exception e) => e switch
    {
        StorageException known => known,
        PostgresException answered => Of(answered),
        { InnerException: TimeoutException } or TimeoutException => new StorageException(
            StorageFailure.Busy, "The database did not answer in time, or all connections to it were in use.", e),
        NpgsqlException => new StorageException(StorageFailure.Unavailable, "The database cannot be reached.", e),
        _ => new StorageException(StorageFailure.Unavailable, "The connection to the database cannot be used.", e),
    };

    /// <summary>The cause of a failure for an administrator, as the end of a sentence. It has no credential.</summary>
    public static string CauseOf(StorageException e) => e.InnerException switch
    {
        PostgresException answered => $"{answered.MessageText} ({answered.SqlState})",
        { InnerException: System.Net.Sockets.SocketException refused } => refused.Message,
        NpgsqlException { InnerException: { } reason and not TimeoutException } => reason.Message.TrimEnd('.'),
        NpgsqlException { InnerException: null } failed => failed.Message.TrimEnd('.'),
        _ => e.Message.TrimEnd('.'),
    };

    /// <summary>Whether the database itself said that the transaction did not happen, on a connection that goes on.</summary>
    public static bool IsRefusal(Exception e) => e is PostgresException { InvariantSeverity: "ERROR" };

    private static StorageException Of(PostgresException e) => e.SqlState switch
    {
        PostgresErrorCodes.TooManyConnections or PostgresErrorCodes.ConfigurationLimitExceeded or PostgresErrorCodes.LockNotAvailable
            or PostgresErrorCodes.QueryCanceled or PostgresErrorCodes.SerializationFailure or PostgresErrorCodes.DeadlockDetected =>
            new StorageException(StorageFailure.Busy, $"The database is too busy ({e.SqlState}).", e),
        PostgresErrorCodes.ReadOnlySqlTransaction =>
            new StorageException(StorageFailure.Unavailable, "The database is read-only, for example a standby.", e),
        PostgresErrorCodes.DataCorrupted or PostgresErrorCodes.IndexCorrupted =>
            new StorageException(StorageFailure.Corrupt, $"The database reports damage ({e.SqlState}).", e),
        PostgresErrorCodes.UndefinedTable or PostgresErrorCodes.UndefinedColumn or PostgresErrorCodes.InvalidSchemaName =>
            new StorageException(StorageFailure.Corrupt, $"The tables do not belong to this program ({e.SqlState}).", e),
        _ => new StorageException(StorageFailure.Unavailable, $"The database refused ({e.SqlState}).", e),
    };
}
