using GrpcDcr.Server.Storage.Postgres.Connections;
using GrpcDcr.Server.Storage.Postgres.Migrations;
using Microsoft.Extensions.Logging.Abstractions;
using static GrpcDcr.Server.Storage.Postgres.Connections.PostgresQuery;

namespace GrpcDcr.Server.Storage.Postgres;

/// <summary>What a database says of itself. It is only read.</summary>
/// <param name="Version">Of PostgreSQL.</param>
/// <param name="IsStandby">Whether it cannot be written to.</param>
/// <param name="ClockDifference">How much its clock is ahead of that of this machine.</param>
/// <param name="SynchronousCommit">When it acknowledges a commit.</param>
/// <param name="TablesProblem">What is wrong with the tables; <see langword="null"/> if they are those of this program.</param>
internal sealed record DatabaseState(
    string Version, bool IsStandby, TimeSpan ClockDifference, SynchronousCommit SynchronousCommit, string? TablesProblem)
{
    /// <exception cref="StorageException">The database does not answer.</exception>
    public static async Task<DatabaseState> OfAsync(PostgresOptions options, TimeProvider time, CancellationToken cancellationToken)
    {
        await using var source = PostgresConnections.Open(options);
        try
        {
            await using var connection = await source.OpenConnectionAsync(cancellationToken);
            var (version, isStandby, now) = (await source.QueryAsync(
                "select current_setting('server_version'), pg_is_in_recovery(), clock_timestamp()",
                row => (row.GetString(0), row.GetBoolean(1), row.GetFieldValue<DateTimeOffset>(2)),
                cancellationToken))[0];
            var difference = now - time.GetUtcNow();
            return new DatabaseState(
                version, isStandby, difference, await SynchronousCommit.OfAsync(connection),
                await TablesProblemAsync(new Migrator(source, options.Schema, time, NullLogger.Instance), cancellationToken));
        }
        catch (Exception e) when (!cancellationToken.IsCancellationRequested && e is not StorageException)
        {
            throw PostgresFault.Of(e);
        }
    }

    private static async Task<string?> TablesProblemAsync(Migrator migrator, CancellationToken cancellationToken)
    {
        try
        {
            await migrator.CheckAsync(cancellationToken);
            return null;
        }
        catch (StorageException e)
        {
            return e.Message;
        }
    }
}
