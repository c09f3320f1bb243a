using GrpcDcr.Server.Model;
using GrpcDcr.Server.Storage.Encoding;
using GrpcDcr.Server.Storage.Postgres.Connections;
using Npgsql;
using static GrpcDcr.Server.Storage.Postgres.Connections.PostgresQuery;

namespace GrpcDcr.Server.Storage.Postgres;

/// <summary>
/// Pages of audit events. There are indexes by client and by time; other filters scan events one by one, a bounded number for each page. A
/// page token is the sequence of the last event scanned.
/// </summary>
internal static class AuditQuery
{
    /// <summary>Events scanned for one page.</summary>
    private const int MaxScanned = 10_000;

    /// <summary>Events read at once where their records have to be compared.</summary>
    private const int MaxRead = 2_000;

    public static async Task<Page<AuditEvent>> ListAsync(
        NpgsqlDataSource source, AuditFilter filter, PageRequest page, CancellationToken cancellationToken)
    {
        if (filter is { Actor: null, SourceNetwork: null })
        {
            return await ReadAsync(source, filter, page, MaxScanned, page.ClampedSize + 1, cancellationToken);
        }

        var found = new List<AuditEvent>();
        for (var scanned = 0; scanned < MaxScanned; scanned += MaxRead)
        {
            var rest = page with { Size = page.ClampedSize - found.Count };
            var part = await ReadAsync(source, filter, rest, MaxRead, MaxRead, cancellationToken);
            found.AddRange(part.Items);
            page = page with { Token = part.NextToken };
            if (page.Token is null || found.Count == page.ClampedSize)
            {
                break;
            }
        }

        return new Page<AuditEvent>(found, page.Token);
    }

    /// <param name="source">The pool.</param>
    /// <param name="filter">Which events.</param>
    /// <param name="page">Which page.</param>
    /// <param name="scanned">Events that are scanned, if not all of them match.</param>
    /// <param name="read">Records that are read.</param>
    /// <param name="cancellationToken">Cancels the query.</param>
    private static async Task<Page<AuditEvent>> ReadAsync(
        NpgsqlDataSource source, AuditFilter filter, PageRequest page, int scanned, int read, CancellationToken cancellationToken)
    {
        var size = page.ClampedSize;
        var isForward = page.Order == ListOrder.OldestFirst;
        var (range, matches, values) = ConditionsOf(filter, isForward);
        values.Insert(0, Value(page.AfterSequence()));

        var limit = matches.Length == 0 ? read : scanned;
        var order = isForward ? "asc" : "desc";

        // If the scan did not reach the end of the log, the last row has its last sequence and no record.
        var rows = await source.QueryAsync(
            $"with scanned as (select sequence, type, time from audit_event where {range} order by sequence {order} limit {limit}), "
            + $"found as (select sequence from scanned {matches} order by sequence {order} limit {read}) "
            + "select found.sequence, record from found join audit_event on audit_event.sequence = found.sequence "
            + $"union all (select sequence, null from scanned order by sequence {order} offset {scanned - 1}) order by 1 {order}, 2",
            row => (Sequence: row.GetInt64(0), Record: row.IsDBNull(1) ? null : row.GetFieldValue<byte[]>(1)),
            cancellationToken,
            [.. values]);

        long? ended = rows.Count > 0 && rows[^1].Record is null ? rows[^1].Sequence : null;
        var events = rows.Where(row => row.Record is not null)
            .Select(row => AuditRecord.Decode(row.Sequence, row.Record!))
            .Where(filter.Matches)
            .ToList();
        return events.Count > size
            ? events[..(size + 1)].ToPage(size, e => PageToken.After(e.Sequence))
            : new Page<AuditEvent>(events, ended is { } last ? PageToken.After(last) : null);
    }

    /// <summary>
    /// The condition for events that are scanned, and the clause for those that match, empty for all. The first value, <c>$1</c>, is the
    /// sequence before them.
    /// </summary>
    private static (string Range, string Matches, List<NpgsqlParameter> Values) ConditionsOf(
        AuditFilter filter, bool isForward)
    {
        var values = new List<NpgsqlParameter>();
        List<string> range = [isForward ? "sequence > $1" : "sequence < $1"], matches = [];
        if (filter.ClientId is { } client)
        {
            range.Add($"subject = {Next(Value(client.Value))}");
        }

        if (filter.From is { } from)
        {
            var at = Next(Value(from.ToUnixTimeMilliseconds()));
            range.Add($"sequence >= {FirstSince(at)}");
            matches.Add($"time >= {at}");
        }

        if (filter.Until is { } until)
        {
            var end = Next(Value((until + AuditFilter.ClockSteps).ToUnixTimeMilliseconds()));
            range.Add($"sequence < {FirstSince(end)}");
            matches.Add($"time < {Next(Value(until.ToUnixTimeMilliseconds()))}");
        }

        if (filter.Type is { } type)
        {
            matches.Add($"type = {Next(Value(AuditEventTypes.NameOf(type)))}");
        }

        return (string.Join(" and ", range), matches.Count == 0 ? "" : "where " + string.Join(" and ", matches), values);

        string Next(NpgsqlParameter value)
        {
            values.Add(value);
            return $"${values.Count + 1}";
        }
    }

    /// <summary>The first event after which the latest time is at or past a value; beyond all of them when there is none.</summary>
    private static string FirstSince(string time) =>
        $"coalesce((select sequence from audit_event where latest_time >= {time} order by latest_time, sequence limit 1), {long.MaxValue})";
}
