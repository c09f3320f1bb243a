using System.Buffers.Binary;
using System.Security.Cryptography;
using GrpcDcr.Server.Storage.Postgres.Connections;
using Npgsql;
using static GrpcDcr.Server.Storage.Postgres.Connections.PostgresQuery;

namespace GrpcDcr.Server.Storage.Postgres.Migrations;

/// <summary>
/// Applies the migrations, each in one transaction under an advisory lock: of instances that start together, one applies them and the
/// others find them applied.
/// </summary>
internal sealed class Migrator(NpgsqlDataSource source, string schema, TimeProvider time, ILogger logger)
{
    private const string Applied = "select version, digest from schema_version order by version";

    /// <summary>Applies missing migrations.</summary>
    /// <exception cref="StorageException">The tables are those of a newer program, or not of this one.</exception>
    public async Task MigrateAsync(CancellationToken cancellationToken)
    {
        try
        {
            await using var connection = await source.OpenConnectionAsync(cancellationToken);
            while (await StepAsync(connection, cancellationToken))
            {
                // One step is one transaction.
            }
        }
        catch (Exception e) when (!cancellationToken.IsCancellationRequested && e is not StorageException)
        {
            throw PostgresFault.Of(e);
        }
    }

    /// <summary>Refuses tables that are not up to date.</summary>
    /// <exception cref="StorageException">The tables are outdated.</exception>
    public async Task CheckAsync(CancellationToken cancellationToken)
    {
        var exists = await source.QueryAsync("select to_regclass('schema_version') is not null", r => r.GetBoolean(0), cancellationToken);
        var applied = exists[0] ? await source.QueryAsync(Applied, Row, cancellationToken) : [];
        if (Pending(applied) is { } missing)
        {
            throw new StorageException(
                StorageFailure.Corrupt,
                $"The tables in schema {schema} have version {applied.Count}, and this program needs {Migration.All.Count}: "
                + $"migration {missing.Version} is not applied. "
                + "Run the command 'migrate', or set Storage:Postgres:Migrate to true.");
        }
    }

    private async Task<bool> StepAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        await ExecuteAsync("select pg_advisory_xact_lock($1)", Value(LockKey()));
        await ExecuteAsync($"create schema if not exists \"{schema}\"");
        await ExecuteAsync(
            "create table if not exists schema_version (version int primary key, digest text not null, applied_at bigint not null)");
        await using var query = new NpgsqlCommand(Applied, connection);
        if (Pending(await query.RowsAsync(Row, cancellationToken)) is not { } next)
        {
            await transaction.CommitAsync(cancellationToken);
            return false;
        }

        await ExecuteAsync(next.Sql);
        await ExecuteAsync(
            "insert into schema_version (version, digest, applied_at) values ($1, $2, $3)",
            Value(next.Version), Value(next.Digest), Value(time.GetUtcNow().ToUnixTimeMilliseconds()));
        await transaction.CommitAsync(cancellationToken);
        logger.Migrated(schema, next.Version);
        return true;

        async Task ExecuteAsync(string sql, params NpgsqlParameter[] parameters)
        {
            await using var command = new NpgsqlCommand(sql, connection);
            command.Parameters.AddRange(parameters);
            await command.ExecuteNonQueryAsync(cancellationToken);
        }
    }

    /// <summary>The first step that is not applied; <see langword="null"/> when all are.</summary>
    private Migration? Pending(List<(int Version, string Digest)> applied)
    {
        if (applied.Count > Migration.All.Count)
        {
            throw new StorageException(
                StorageFailure.Corrupt,
                $"The tables in schema {schema} have version {applied.Count}, newer than this program knows ({Migration.All.Count}). "
                + "Nothing was changed. Start the version of the service that wrote them.");
        }

        foreach (var (step, done) in Migration.All.Zip(applied))
        {
            if ((step.Version, step.Digest) != done)
            {
                throw new StorageException(
                    StorageFailure.Corrupt,
                    $"Migration {step.Version} of schema {schema} is not the one that this program knows. "
                    + "Nothing was changed. Name another schema in Storage:Postgres:Schema.");
            }
        }

        return Migration.All.ElementAtOrDefault(applied.Count);
    }

    private static (int Version, string Digest) Row(NpgsqlDataReader row) => (row.GetInt32(0), row.GetString(1));

    private long LockKey() =>
        BinaryPrimitives.ReadInt64BigEndian(SHA256.HashData(System.Text.Encoding.UTF8.GetBytes($"GrpcDcr migrations of {schema}")));
}
