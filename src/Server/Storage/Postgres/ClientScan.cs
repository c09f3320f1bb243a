using GrpcDcr.Server.Model;
using GrpcDcr.Server.Storage.Encoding;
using GrpcDcr.Server.Storage.Postgres.Connections;
using Npgsql;
using static GrpcDcr.Server.Storage.Postgres.Connections.PostgresQuery;

namespace GrpcDcr.Server.Storage.Postgres;

/// <summary>
/// Finds clients that may match. One index gives their identifiers in order: that of the first tag, of the states, or of all clients; the
/// other conditions are checked for each of them, a bounded number in a query.
/// </summary>
internal static class ClientScan
{
    /// <summary>Identifiers that one query examines, if there are conditions to check.</summary>
    private const int MaxExamined = 5_000;

    public static async ValueTask<ClientCandidates> FindAsync(
        NpgsqlDataSource source, ClientQuery query, CancellationToken cancellationToken)
    {
        var examined = query.Tags.Count > 0 || query.Name is not null ? Math.Max(MaxExamined, query.Limit) : query.Limit;
        var values = new List<NpgsqlParameter> { Value(query.Range.FirstId), Value(query.Range.LastId) };
        var (conditions, driver) = ConditionsOf(query, examined, values);
        var order = OrderOf(query);

        // Each client is read by its key: without fresh statistics the database would rather read all of them. The last row that was
        // examined has no record.
        var rows = await source.QueryAsync(
            $"with examined as ({driver} limit {examined}), "
            + "found as (select examined.client_id, client.record from examined cross join lateral "
            + "(select record, state, name from client where client.client_id = examined.client_id limit 1) as client "
            + $"{conditions} order by examined.client_id {order} limit {query.Limit}) "
            + "select client_id, record from found "
            + $"union all (select client_id, null from examined order by client_id {order} offset {examined - 1})",
            row => (Id: row.GetGuid(0), Record: row.IsDBNull(1) ? null : row.GetFieldValue<byte[]>(1)),
            cancellationToken,
            [.. values]);
        var clients = rows.Where(row => row.Record is not null).Select(row => ClientRecord.Decode(row.Record!));
        var found = (query.Order == ListOrder.OldestFirst ? clients.OrderBy(c => c.Id) : clients.OrderByDescending(c => c.Id)).ToList();
        UInt128? last = found.Count == query.Limit ? ClientIdRange.NumberOf(found[^1].Id)
            : rows.Find(row => row.Record is null) is { Id: var id } && id != Guid.Empty ? ClientIdRange.NumberOf(id)
            : null;
        return new ClientCandidates(found, found.Count == query.Limit ? query.Limit : examined, last);
    }

    /// <summary>The conditions that are checked for each identifier, and the query that gives the identifiers.</summary>
    private static (string Conditions, string Driver) ConditionsOf(
        ClientQuery query, int examined, List<NpgsqlParameter> values)
    {
        const string Range = "client_id between $1 and $2";
        var (order, conditions) = (OrderOf(query), new List<string>());
        var tags = query.Tags.Select(tag => Next((int)tag)).ToList();
        var states = query.States is { } wanted ? Next(wanted.Select(state => (short)state).ToArray()) : null;
        conditions.AddRange(tags.Skip(1).Select(tag =>
            $"exists (select 1 from client_tag where tag = {tag} and client_tag.client_id = examined.client_id)"));
        if (query.Name is { } name)
        {
            conditions.Add($"position({Next(name)} in name) > 0");
        }

        if (states is not null && tags.Count > 0)
        {
            conditions.Add($"state = any({states})");
        }

        var driver = tags.Count > 0
            ? $"select client_id from client_tag where tag = {tags[0]} and {Range} order by tag {order}, client_id {order}"
            : states is not null
            ? $"select each.client_id from unnest({states}) as wanted(state) cross join lateral (select client_id from client "
                + $"where state = wanted.state and {Range} order by state {order}, client_id {order} limit {examined}) as each "
                + $"order by each.client_id {order}"
            : $"select client_id from client where {Range} order by client_id {order}";
        return (conditions.Count == 0 ? "" : "where " + string.Join(" and ", conditions), driver);

        string Next<T>(T value)
        {
            values.Add(Value(value));
            return $"${values.Count}";
        }
    }

    private static string OrderOf(ClientQuery query) => query.Order == ListOrder.OldestFirst ? "asc" : "desc";
}
