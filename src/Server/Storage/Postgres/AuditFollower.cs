using GrpcDcr.Server.Model;
using GrpcDcr.Server.Storage.Postgres.Connections;
using Npgsql;
using static GrpcDcr.Server.Storage.Postgres.Connections.PostgresQuery;

namespace GrpcDcr.Server.Storage.Postgres;

/// <summary>
/// Reads the audit log from where it last ended, and notices when it is another log. A database that lost its last changes, because it was
/// restored or a standby was promoted, gives their sequences to other changes: the sequence alone does not tell.
/// </summary>
/// <remarks>
/// It is the same log while the timeline is the same and the event at the last position is the one that was read there. The timeline covers
/// what the event does not: changes behind the last position that this instance has read already, and that were lost.
/// </remarks>
/// <param name="source">The pool.</param>
internal sealed class AuditFollower(NpgsqlDataSource source)
{
    private const int MaxRows = 10_000;

    private Timeline? _timeline;
    private string? _readTimeline;
    private long _last;
    private byte[]? _lastEvent;

    /// <summary>Begins where the audit log ends now.</summary>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        _timeline = await Timeline.OfAsync(source, cancellationToken);
        var head = await source.QueryAsync(
            $"select last_sequence, {Timeline.Seen("last_sequence")}, {_timeline.Sql} from audit_head where id = 1",
            row => (Sequence: row.GetInt64(0), Event: BytesOf(row, 1), Timeline: row.GetString(2)),
            cancellationToken);
        (_last, _lastEvent, _readTimeline) = head[0];
    }

    /// <summary>Changes that were made since the last call.</summary>
    public async Task<FollowedChanges> ReadAsync(CancellationToken cancellationToken)
    {
        var rows = await RowsAsync(cancellationToken);
        var end = rows[^1];
        if (end.Head is { } head)
        {
            var isSame = head.Timeline == _readTimeline && end.Sequence >= _last && head.Seen.AsSpan().SequenceEqual(_lastEvent);
            (_last, _lastEvent, _readTimeline) = (end.Sequence, end.Event, head.Timeline);
            return new FollowedChanges(rows, IsComplete: true, IsAnotherLog: !isSame, head.IsReadOnly);
        }

        // More than one query returns: nothing says whether it is still the same log.
        (_last, _lastEvent) = (end.Sequence, end.Event);
        return new FollowedChanges(rows, IsComplete: false, IsAnotherLog: true, IsReadOnly: false);
    }

    /// <summary>Events that followers act on, in order, and after them the head of the log, unless there are too many.</summary>
    private Task<List<FollowedRow>> RowsAsync(CancellationToken cancellationToken) => source.QueryAsync(
        "select 0, sequence, record, invalidates, sets_registration_status, null, null, null from audit_event "
        + "where sequence > $1 and (invalidates is not null or sets_registration_status) "
        + $"union all select 1, last_sequence, {Timeline.Seen("last_sequence")}, null, false, {_timeline!.Sql}, {Timeline.Seen("$1")}, "
        + "current_setting('transaction_read_only') from audit_head where id = 1 "
        + "order by 1, 2 limit $2",
        row => new FollowedRow(
            row.GetInt64(1),
            BytesOf(row, 2),
            row.IsDBNull(3) ? null : new ClientId(row.GetGuid(3)),
            row.GetBoolean(4),
            row.GetInt32(0) == 0 ? null : new FollowedHead(row.GetString(5), BytesOf(row, 6), row.GetString(7) == "on")),
        cancellationToken,
        Value(_last),
        Value(MaxRows));

    private static byte[]? BytesOf(NpgsqlDataReader row, int column) =>
        row.IsDBNull(column) ? null : row.GetFieldValue<byte[]>(column);
}

/// <param name="Rows">What was read, in order.</param>
/// <param name="IsComplete">Whether it reaches the end of the log.</param>
/// <param name="IsAnotherLog">
/// Whether the log may not be the one that was followed before: nothing that was read from that one counts.
/// </param>
/// <param name="IsReadOnly">Whether the database that answered is read-only.</param>
internal sealed record FollowedChanges(IReadOnlyList<FollowedRow> Rows, bool IsComplete, bool IsAnotherLog, bool IsReadOnly)
{
    public bool SetRegistrationStatus => Rows.Any(row => row.SetsRegistrationStatus);
}

/// <param name="Sequence">The sequence of the event, or of the last one for the head.</param>
/// <param name="Event">The record of that event; <see langword="null"/> where there is none.</param>
/// <param name="Invalidates">The client that it replaced or removed; <see langword="null"/> for none.</param>
/// <param name="SetsRegistrationStatus">Whether it set the registration status.</param>
/// <param name="Head">Of the head; <see langword="null"/> for an event.</param>
internal sealed record FollowedRow(long Sequence, byte[]? Event, ClientId? Invalidates, bool SetsRegistrationStatus, FollowedHead? Head);

/// <param name="Timeline">Of the log.</param>
/// <param name="Seen">The record of the event at the position of the follower now; <see langword="null"/> where there is none.</param>
/// <param name="IsReadOnly">Whether the database that answered is read-only.</param>
internal sealed record FollowedHead(string Timeline, byte[]? Seen, bool IsReadOnly);
