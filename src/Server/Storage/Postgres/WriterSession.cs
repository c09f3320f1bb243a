using GrpcDcr.Server.Storage.Postgres.Connections;
using GrpcDcr.Server.Storage.Writes;
using Npgsql;
using static GrpcDcr.Server.Storage.Postgres.Connections.PostgresQuery;

namespace GrpcDcr.Server.Storage.Postgres;

/// <summary>How an attempt to commit a batch ended.</summary>
internal enum BatchOutcome
{
    Committed,

    /// <summary>The database refused some of it, and nothing happened. A retry would end the same way.</summary>
    Refused,

    /// <summary>It failed before the commit, or for a transient reason. Nothing happened, and it may be retried.</summary>
    NotBegun,

    /// <summary>The answer was lost.</summary>
    Unknown,
}

/// <param name="Outcome">How it ended.</param>
/// <param name="Batch">The validated batch; <see langword="null"/> when it was not validated.</param>
/// <param name="Cause">Why it was not committed; <see langword="null"/> when it was.</param>
internal sealed record BatchReport(BatchOutcome Outcome, ChangeBatch? Batch, StorageException? Cause);

/// <summary>The connection that an instance writes through. It is opened when it is first used, and again after it broke.</summary>
/// <param name="source">The pool.</param>
/// <param name="channel">The channel on which instances notify each other; <see langword="null"/> when they do not.</param>
/// <param name="time">Says which used software statements have expired.</param>
internal sealed class WriterSession(NpgsqlDataSource source, string? channel, TimeProvider time) : IAsyncDisposable
{
    /// <summary>
    /// An instance that hangs in a transaction blocks all others: the database ends its session after a second, and rolls back.
    /// </summary>
    private const string Settings =
        "set idle_in_transaction_session_timeout = 1000; set lock_timeout = 2000; set statement_timeout = 10000";

    /// <summary>
    /// Nobody will ask for the last batch of an instance that ended a day ago. By the clock of the database: that of an instance may be
    /// wrong.
    /// </summary>
    private const string DeleteOldWriters = $"delete from writer where written_at < {PostgresBatch.DatabaseTime} - 86400000";

    /// <summary>
    /// An instance that hangs while the database receives its commands or sends their results is neither idle nor executing, so that no
    /// timeout of the database applies. An instance that waits for its lock in vain ends its session.
    /// </summary>
    private const string EndHangingSession =
        "select pg_terminate_backend(pid) from pg_stat_activity "
        + "where pid <> pg_backend_pid() and state = 'active' and wait_event_type = 'Client' "
        + "and state_change < clock_timestamp() - interval '1 second' "
        + "and exists (select 1 from pg_locks "
        + "where pg_locks.pid = pg_stat_activity.pid and relation = 'audit_head'::regclass and granted)";

    private readonly Guid _writerId = Guid.CreateVersion7(time.GetUtcNow());
    private NpgsqlConnection? _connection;
    private SynchronousCommit _commit = SynchronousCommit.Unknown;
    private long _batches;

    public bool IsOpen => _connection is { FullState: System.Data.ConnectionState.Open };

    public async Task<BatchReport> CommitAsync(IReadOnlyList<Change> changes)
    {
        ChangeBatch? batch = null;
        var committing = false;
        try
        {
            var open = await OpenAsync();
            var (writes, head) = await PostgresBatch.BeginAsync(open, _commit, changes, CancellationToken.None);
            batch = new ChangeBatch(changes, writes);
            if (batch.Accepted.Count == 0)
            {
                await ExecuteAsync(open, "rollback");
            }
            else
            {
                committing = true;
                await PostgresBatch.CommitAsync(open, batch, head, new WriterMark(_writerId, ++_batches), channel, time.GetUtcNow());
            }

            return new BatchReport(BatchOutcome.Committed, batch, null);
        }
        catch (Exception e)
        {
            return await ReportAsync(batch, committing, e);
        }
    }

    /// <summary>Whether the last batch was committed; <see langword="null"/> when there is no answer.</summary>
    public async Task<bool?> WasCommittedAsync()
    {
        try
        {
            // The head is locked as long as the previous session still works on the batch.
            var open = await OpenAsync();
            await using var batch = new NpgsqlBatch(open);
            batch.BatchCommands.Add(new NpgsqlBatchCommand("begin"));
            batch.BatchCommands.Add(new NpgsqlBatchCommand("select 1 from audit_head where id = 1 for update"));
            var query = new NpgsqlBatchCommand("select batch from writer where writer_id = $1");
            query.Parameters.Add(Value(_writerId));
            batch.BatchCommands.Add(query);
            long? last;
            await using (var reader = await batch.ExecuteReaderAsync())
            {
                await reader.NextResultAsync();
                last = (await reader.RowsAsync(row => (long?)row.GetInt64(0), CancellationToken.None)).SingleOrDefault();
            }

            await ExecuteAsync(open, "rollback");
            return last == _batches;
        }
        catch (Exception)
        {
            await DisposeAsync();
            return null;
        }
    }

    /// <summary>Whether the database takes changes.</summary>
    public async Task<bool> IsUsableAsync()
    {
        try
        {
            await ExecuteAsync(await OpenAsync(), "begin; select 1 from audit_head where id = 1 for update; rollback");
            return true;
        }
        catch (Exception)
        {
            await DisposeAsync();
            return false;
        }
    }

    /// <summary>Closes the connection. The next use opens another one.</summary>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _connection, null) is { } open)
        {
            try
            {
                await open.DisposeAsync();
            }
            catch (Exception e) when (e is NpgsqlException or InvalidOperationException)
            {
                // It was broken already.
            }
        }
    }

    private async Task<BatchReport> ReportAsync(ChangeBatch? batch, bool committing, Exception e)
    {
        var cause = PostgresFault.Of(e);
        var refused = PostgresFault.IsRefusal(e) || e is StorageException;
        if (refused && IsOpen && await IsUsableAfterAsync(e))
        {
            return new BatchReport(cause.Failure == StorageFailure.Busy ? BatchOutcome.NotBegun : BatchOutcome.Refused, batch, cause);
        }

        await DisposeAsync();
        return committing && !refused
            ? new BatchReport(
                BatchOutcome.Unknown, batch, new StorageException(StorageFailure.OutcomeUnknown, "The answer of the database was lost.", e))
            : new BatchReport(BatchOutcome.NotBegun, batch, cause);
    }

    private async Task<bool> IsUsableAfterAsync(Exception e)
    {
        try
        {
            await ExecuteAsync(_connection!, "rollback");
            if (e is PostgresException { SqlState: PostgresErrorCodes.LockNotAvailable })
            {
                await ExecuteAsync(_connection!, EndHangingSession);
            }

            return true;
        }
        catch (Exception)
        {
            return false;
        }
    }

    private async Task<NpgsqlConnection> OpenAsync()
    {
        if (IsOpen)
        {
            return _connection!;
        }

        await DisposeAsync();
        var opened = await source.OpenConnectionAsync();
        try
        {
            await ExecuteAsync(opened, Settings);
            _commit = await SynchronousCommit.OfAsync(opened);
            await ExecuteAsync(opened, DeleteOldWriters);
        }
        catch (Exception)
        {
            await opened.DisposeAsync();
            throw;
        }

        return _connection = opened;
    }

    private static async Task ExecuteAsync(NpgsqlConnection open, string sql)
    {
        await using var command = new NpgsqlCommand(sql, open);
        await command.ExecuteNonQueryAsync();
    }
}
