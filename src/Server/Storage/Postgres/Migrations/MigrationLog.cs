namespace GrpcDcr.Server.Storage.Postgres.Migrations;

/// <summary>Log messages of the migrations.</summary>
internal static partial class MigrationLog
{
    [LoggerMessage(1, LogLevel.Information, "Migrated the tables in schema {Schema} to version {Version}")]
    public static partial void Migrated(this ILogger logger, string schema, int version);
}
