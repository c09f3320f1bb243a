using GrpcDcr.Server.Model;
using GrpcDcr.Server.Storage.Encoding;
using GrpcDcr.Server.Storage.Postgres.Connections;
using GrpcDcr.Server.Storage.Writes;
using Npgsql;
using static GrpcDcr.Server.Storage.Postgres.Connections.PostgresQuery;

namespace GrpcDcr.Server.Storage.Postgres;

/// <summary>
/// The commands of one transaction, in two round trips. The first locks the head of the audit log, so that batches of all instances are
/// serialized, and reads the records that the changes are about; the second writes and commits.
/// </summary>
internal static class PostgresBatch
{
    /// <summary>The time of the database, in milliseconds since 1970-01-01T00:00:00Z.</summary>
    public const string DatabaseTime = "(extract(epoch from clock_timestamp()) * 1000)::bigint";

    /// <summary>One-time uses are kept this much longer than until they expire: clocks step back.</summary>
    private static readonly TimeSpan Retention = AuditFilter.ClockSteps;

    /// <summary>More than one, so that their number decreases; few, so that no change is delayed.</summary>
    private const int ExpiredDeletedForEachUse = 2;

    /// <summary>
    /// Begins the transaction, and reads what nobody else can change until its end: each command sees what was committed before it,
    /// whatever the default isolation level of the database is.
    /// </summary>
    public static async Task<(WriteBatch Writes, AuditHead Head)> BeginAsync(
        NpgsqlConnection connection, SynchronousCommit commit, IReadOnlyList<Change> changes, CancellationToken cancellationToken)
    {
        var reads = ReadSet.Of(changes);
        await using var batch = BeginningOf(connection, commit, reads);
        await using var reader = await batch.ExecuteReaderAsync(cancellationToken);
        var head = (await reader.RowsAsync(row => new AuditHead(row.GetInt64(0), row.GetInt64(1)), cancellationToken))[0];
        var clients = await NextAsync(reads.Clients.Count, row => ClientRecord.Decode(row.GetFieldValue<byte[]>(0)));
        var tokens = await NextAsync(reads.InitialAccessTokens.Count, row => InitialAccessTokenRecord.Decode(row.GetFieldValue<byte[]>(0)));
        var used = await NextAsync(reads.OneTimeUses.Count, row => Convert.ToHexString(row.GetFieldValue<byte[]>(0)));
        var statuses = await NextAsync(reads.RegistrationStatus ? 1 : 0, ChangeFeed.StatusOf);
        var (clientsById, tokensById) = (clients.ToDictionary(c => c.Id), tokens.ToDictionary(t => t.Id));
        return (new WriteBatch(
            id => clientsById.GetValueOrDefault(id),
            id => tokensById.GetValueOrDefault(id),
            key => used.Contains(Convert.ToHexString(key.Bytes.Span)),
            () => statuses.Count == 0 ? RegistrationStatus.Enabled : statuses[0],
            head.LastSequence), head);

        async Task<List<T>> NextAsync<T>(int asked, Func<NpgsqlDataReader, T> read)
        {
            if (asked == 0)
            {
                return [];
            }

            await reader.NextResultAsync(cancellationToken);
            return await reader.RowsAsync(read, cancellationToken);
        }
    }

    private static NpgsqlBatch BeginningOf(NpgsqlConnection connection, SynchronousCommit commit, ReadSet reads)
    {
        var batch = new NpgsqlBatch(connection);
        batch.Add("begin isolation level read committed");
        if (commit.Command is { } command)
        {
            batch.Add(command);
        }

        batch.Add("select last_sequence, latest_time from audit_head where id = 1 for update");
        batch.AddIf(
            reads.Clients.Count > 0,
            "select record from client where client_id = any($1)",
            () => reads.Clients.Select(c => c.Value).ToArray());
        batch.AddIf(
            reads.InitialAccessTokens.Count > 0,
            "select record from initial_access_token where initial_access_token_id = any($1)",
            () => reads.InitialAccessTokens.Select(t => t.Value).ToArray());
        batch.AddIf(
            reads.OneTimeUses.Count > 0,
            "select key from one_time_use where key = any($1)",
            () => reads.OneTimeUses.Select(s => s.Bytes.ToArray()).ToArray());
        if (reads.RegistrationStatus)
        {
            batch.Add(ChangeFeed.StatusQuery);
        }

        return batch;
    }

    /// <summary>Writes a batch, and commits.</summary>
    /// <param name="connection">In the transaction that <see cref="BeginAsync"/> began.</param>
    /// <param name="changes">The batch.</param>
    /// <param name="head">The end of the audit log before the batch.</param>
    /// <param name="mark">Whose batch it is, and which.</param>
    /// <param name="channel">The channel on which instances notify each other; <see langword="null"/> when they do not.</param>
    /// <param name="now">Says which one-time uses have expired.</param>
    public static async Task CommitAsync(
        NpgsqlConnection connection, ChangeBatch changes, AuditHead head, WriterMark mark, string? channel, DateTimeOffset now)
    {
        await using var batch = new NpgsqlBatch(connection);
        ClientWrites.Add(batch, changes.Writes.Clients);
        WriteInitialAccessTokens(batch, changes.Writes.InitialAccessTokens);
        WriteOneTimeUses(batch, changes.Writes.OneTimeUses.New, now);
        batch.AddIf(
            changes.Writes.RegistrationStatus is not null,
            "insert into registration_status (id, record) values (1, $1) on conflict (id) do update set record = excluded.record",
            () => changes.Writes.RegistrationStatus!.Bytes);
        WriteEvents(batch, changes.Recorded, head);
        batch.AddIf(
            changes.Accepted.Exists(c => c.StartsTimeline),
            "update audit_head set timeline = $1 where id = 1",
            () => Guid.CreateVersion7(now));
        batch.Add(
            $"insert into writer (writer_id, batch, written_at) values ($1, $2, {DatabaseTime}) "
            + "on conflict (writer_id) do update set batch = excluded.batch, written_at = excluded.written_at",
            Value(mark.WriterId), Value(mark.Batch));
        if (channel is not null && changes.Accepted.Exists(c => c.Invalidates is not null || c.SetsRegistrationStatus))
        {
            batch.Add("select pg_notify($1, '')", Value(channel));
        }

        batch.Add("commit");
        await batch.ExecuteNonQueryAsync(CancellationToken.None);
    }

    private static void WriteInitialAccessTokens(NpgsqlBatch batch, WriteSet<InitialAccessTokenId, InitialAccessToken> writes)
    {
        const string Columns = "unnest($1::uuid[], $2::bytea[])";
        foreach (var (rows, sql) in new[]
        {
            (writes.Inserts.ToList(), $"insert into initial_access_token (initial_access_token_id, record) select * from {Columns}"),
            (writes.Updates.ToList(), "update initial_access_token set record = u.record "
                + $"from {Columns} as u (id, record) where initial_access_token_id = u.id"),
        })
        {
            if (rows.Count > 0)
            {
                batch.Add(sql, Value(rows.ConvertAll(t => t.Value.Id.Value).ToArray()), Value(rows.ConvertAll(t => t.Bytes).ToArray()));
            }
        }
    }

    private static void WriteOneTimeUses(NpgsqlBatch batch, IReadOnlyCollection<OneTimeUse> uses, DateTimeOffset now)
    {
        if (uses.Count > 0)
        {
            batch.Add(
                "delete from one_time_use where key in "
                + "(select key from one_time_use where expires_at < $1 order by expires_at limit $2)",
                Value((now - Retention).ToUnixTimeMilliseconds()), Value((long)ExpiredDeletedForEachUse * uses.Count));
            batch.Add(
                "insert into one_time_use (key, expires_at, result) select * from unnest($1::bytea[], $2::bigint[], $3::uuid[])",
                Value(uses.Select(u => u.Key.Bytes.ToArray()).ToArray()),
                Value(uses.Select(u => u.Until.ToUnixTimeMilliseconds()).ToArray()),
                Value(uses.Select(u => u.Result).ToArray()));
        }
    }

    private static void WriteEvents(NpgsqlBatch batch, List<Change> changes, AuditHead head)
    {
        if (changes.Count == 0)
        {
            return;
        }

        var times = new long[changes.Count];
        var latest = head.LatestTime;
        for (var i = 0; i < times.Length; i++)
        {
            times[i] = latest = Math.Max(latest, changes[i].Event!.Time);
        }

        batch.Add(
            "insert into audit_event "
            + "(sequence, subject, type, time, latest_time, invalidates, sets_registration_status, record) "
            + "select * from "
            + "unnest($1::bigint[], $2::uuid[], $3::text[], $4::bigint[], $5::bigint[], $6::uuid[], $7::boolean[], $8::bytea[])",
            Value(changes.Select((_, i) => head.LastSequence + 1 + i).ToArray()),
            Value(changes.ConvertAll(c => c.Event!.Subject?.Value).ToArray()),
            Value(changes.ConvertAll(c => AuditEventTypes.NameOf(c.Event!.Type)).ToArray()),
            Value(changes.ConvertAll(c => c.Event!.Time).ToArray()),
            Value(times),
            Value(changes.ConvertAll(c => c.Invalidates?.Value).ToArray()),
            Value(changes.ConvertAll(c => c.SetsRegistrationStatus).ToArray()),
            Value(changes.ConvertAll(c => c.Event!.Bytes).ToArray()));
        batch.Add(
            "update audit_head set last_sequence = $1, latest_time = $2 where id = 1",
            Value(head.LastSequence + changes.Count),
            Value(latest));
    }

    public static void Add(this NpgsqlBatch batch, string sql, params NpgsqlParameter[] parameters)
    {
        var command = new NpgsqlBatchCommand(sql);
        command.Parameters.AddRange(parameters);
        batch.BatchCommands.Add(command);
    }

    public static void AddIf<T>(this NpgsqlBatch batch, bool isNeeded, string sql, Func<T> value)
    {
        if (isNeeded)
        {
            batch.Add(sql, Value(value()));
        }
    }
}

/// <summary>The end of the audit log.</summary>
/// <param name="LastSequence">The sequence of the last event; 0 without one.</param>
/// <param name="LatestTime">The latest time of all events, milliseconds since 1970-01-01T00:00:00Z.</param>
internal readonly record struct AuditHead(long LastSequence, long LatestTime);

/// <summary>Identifies a batch of an instance.</summary>
/// <param name="WriterId">The running instance.</param>
/// <param name="Batch">Increases by one with each attempted batch.</param>
internal readonly record struct WriterMark(Guid WriterId, long Batch);
