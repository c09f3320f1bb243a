using GrpcDcr.Server.Model;
using GrpcDcr.Server.Storage.Encoding;
using GrpcDcr.Server.Storage.Writes;
using Npgsql;
using static GrpcDcr.Server.Storage.Postgres.PostgresQuery;

namespace GrpcDcr.Server.Storage.Postgres;

/// <summary>
/// The statements of one transaction, in two round trips. The first locks the head of the audit log, so that changes of all instances come one
/// after the other, and reads what the changes are about; the second writes and commits.
/// </summary>
internal static class PostgresBatch
{
    /// <summary>The time of the database, in milliseconds since 1970-01-01T00:00:00Z.</summary>
    public const string DatabaseTime = "(extract(epoch from clock_timestamp()) * 1000)::bigint";

    /// <summary>Remembered this much longer than until they end: clocks step back.</summary>
    private static readonly TimeSpan Longer = AuditFilter.ClockSteps;

    /// <summary>More than one for each that comes, so that their number falls back; few, so that no change waits for it long.</summary>
    private const int ForgottenForEachUse = 2;

    /// <summary>
    /// Begins the transaction, and reads what is stored as nobody else can change it until the end of it: each statement sees what was
    /// committed before it, whatever the default of the database is.
    /// </summary>
    public static async Task<(WriteBatch Draft, AuditHead Head)> BeginAsync(
        NpgsqlConnection connection, IReadOnlyList<Change> changes, CancellationToken cancellationToken)
    {
        var reads = new ReadSet();
        foreach (var change in changes)
        {
            change.AddReads(reads);
        }

        await using var batch = new NpgsqlBatch(connection);
        batch.Add("begin isolation level read committed");
        batch.Add("select last_sequence, latest_time from audit_head where id = 1 for update");
        batch.AddIf(reads.Clients.Count > 0, "select record from client where client_id = any($1)", () => reads.Clients.Select(c => c.Value).ToArray());
        batch.AddIf(
            reads.Tokens.Count > 0, "select record from initial_access_token where token_id = any($1)", () => reads.Tokens.Select(t => t.Value).ToArray());
        batch.AddIf(
            reads.Statements.Count > 0, "select key from used_statement where key = any($1)", () => reads.Statements.Select(s => s.Bytes.ToArray()).ToArray());

        await using var reader = await batch.ExecuteReaderAsync(cancellationToken);
        var head = (await reader.RowsAsync(row => new AuditHead(row.GetInt64(0), row.GetInt64(1)), cancellationToken))[0];
        var clients = await NextAsync(reads.Clients.Count, row => ClientRecord.Decode(row.GetFieldValue<byte[]>(0)));
        var tokens = await NextAsync(reads.Tokens.Count, row => InitialAccessTokenRecord.Decode(row.GetFieldValue<byte[]>(0)));
        var used = await NextAsync(reads.Statements.Count, row => Convert.ToHexString(row.GetFieldValue<byte[]>(0)));
        var (clientsById, tokensById) = (clients.ToDictionary(c => c.Id), tokens.ToDictionary(t => t.Id));
        return (new WriteBatch(
            id => clientsById.GetValueOrDefault(id),
            id => tokensById.GetValueOrDefault(id),
            key => used.Contains(Convert.ToHexString(key.Bytes.Span)),
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

    /// <summary>Writes what a batch leaves behind, and commits.</summary>
    /// <param name="connection">In the transaction that <see cref="BeginAsync"/> began.</param>
    /// <param name="changes">The batch.</param>
    /// <param name="head">Where the audit log ended.</param>
    /// <param name="mark">Whose batch it is, and which.</param>
    /// <param name="channel">Where other instances listen; <see langword="null"/> where nobody is told.</param>
    /// <param name="now">Which used statements have ended.</param>
    public static async Task CommitAsync(
        NpgsqlConnection connection, ChangeBatch changes, AuditHead head, WriterMark mark, string? channel, DateTimeOffset now)
    {
        await using var batch = new NpgsqlBatch(connection);
        WriteClients(batch, changes.Writes.Clients);
        WriteTokens(batch, changes.Writes.Tokens);
        WriteStatements(batch, changes.Writes.SoftwareStatements.New, now);
        batch.AddIf(
            changes.Writes.RegistrationStatus is not null,
            "insert into registration_switch (id, record) values (1, $1) on conflict (id) do update set record = excluded.record",
            () => changes.Writes.RegistrationStatus!.Bytes);
        WriteEvents(batch, changes.Recorded, head);
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

    private static void WriteClients(NpgsqlBatch batch, WriteSet<ClientId, RegisteredClient> fates)
    {
        const string Columns = "unnest($1::uuid[], $2::smallint[], $3::bigint[], $4::bytea[])";
        foreach (var (rows, sql) in new[]
        {
            (fates.Inserts.ToList(), $"insert into client (client_id, state, version, record) select * from {Columns}"),
            (fates.Updates.ToList(), "update client set state = u.state, version = u.version, record = u.record "
                + $"from {Columns} as u (client_id, state, version, record) where client.client_id = u.client_id"),
        })
        {
            if (rows.Count > 0)
            {
                batch.Add(
                    sql,
                    Value(rows.ConvertAll(c => c.Value.Id.Value).ToArray()),
                    Value(rows.ConvertAll(c => (short)ListedState.Of(c.Value)).ToArray()),
                    Value(rows.ConvertAll(c => c.Value.Version).ToArray()),
                    Value(rows.ConvertAll(c => c.Bytes).ToArray()));
            }
        }

        var gone = fates.Deletes.Select(id => id.Value).ToArray();
        batch.AddIf(gone.Length > 0, "delete from client where client_id = any($1)", () => gone);
    }

    private static void WriteTokens(NpgsqlBatch batch, WriteSet<InitialAccessTokenId, InitialAccessToken> fates)
    {
        const string Columns = "unnest($1::uuid[], $2::bytea[])";
        foreach (var (rows, sql) in new[]
        {
            (fates.Inserts.ToList(), $"insert into initial_access_token (token_id, record) select * from {Columns}"),
            (fates.Updates.ToList(), "update initial_access_token set record = u.record "
                + $"from {Columns} as u (token_id, record) where initial_access_token.token_id = u.token_id"),
        })
        {
            if (rows.Count > 0)
            {
                batch.Add(sql, Value(rows.ConvertAll(t => t.Value.Id.Value).ToArray()), Value(rows.ConvertAll(t => t.Bytes).ToArray()));
            }
        }
    }

    private static void WriteStatements(NpgsqlBatch batch, IReadOnlyCollection<SoftwareStatementUse> uses, DateTimeOffset now)
    {
        if (uses.Count > 0)
        {
            batch.Add(
                "delete from used_statement where key in (select key from used_statement where expires_at < $1 order by expires_at limit $2)",
                Value((now - Longer).ToUnixTimeMilliseconds()), Value((long)ForgottenForEachUse * uses.Count));
            batch.Add(
                "insert into used_statement (key, expires_at) select * from unnest($1::bytea[], $2::bigint[])",
                Value(uses.Select(u => u.Key.Bytes.ToArray()).ToArray()), Value(uses.Select(u => u.Until.ToUnixTimeMilliseconds()).ToArray()));
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
            "insert into audit_event (sequence, subject, type, time, latest_time, outdates, turns_switch, record) "
            + "select * from unnest($1::bigint[], $2::uuid[], $3::text[], $4::bigint[], $5::bigint[], $6::uuid[], $7::boolean[], $8::bytea[])",
            Value(changes.Select((_, i) => head.LastSequence + 1 + i).ToArray()),
            Value(changes.ConvertAll(c => c.Event!.Subject?.Value).ToArray()),
            Value(changes.ConvertAll(c => AuditEventTypes.NameOf(c.Event!.Type)).ToArray()),
            Value(changes.ConvertAll(c => c.Event!.Time).ToArray()),
            Value(times),
            Value(changes.ConvertAll(c => c.Invalidates?.Value).ToArray()),
            Value(changes.ConvertAll(c => c.SetsRegistrationStatus).ToArray()),
            Value(changes.ConvertAll(c => c.Event!.Bytes).ToArray()));
        batch.Add(
            "update audit_head set last_sequence = $1, latest_time = $2 where id = 1", Value(head.LastSequence + changes.Count), Value(latest));
    }

    private static void Add(this NpgsqlBatch batch, string sql, params NpgsqlParameter[] parameters)
    {
        var command = new NpgsqlBatchCommand(sql);
        command.Parameters.AddRange(parameters);
        batch.BatchCommands.Add(command);
    }

    private static void AddIf<T>(this NpgsqlBatch batch, bool wanted, string sql, Func<T> value)
    {
        if (wanted)
        {
            batch.Add(sql, Value(value()));
        }
    }
}

/// <summary>Where the audit log ends.</summary>
/// <param name="LastSequence">The sequence of the last event; 0 without one.</param>
/// <param name="LatestTime">The latest time of all events, milliseconds since 1970-01-01T00:00:00Z.</param>
internal readonly record struct AuditHead(long LastSequence, long LatestTime);

/// <summary>Names a batch among those of all instances.</summary>
/// <param name="WriterId">The instance, from its start to its end.</param>
/// <param name="Batch">Rises by one with each batch that is tried.</param>
internal readonly record struct WriterMark(Guid WriterId, long Batch);
