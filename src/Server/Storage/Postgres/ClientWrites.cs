using GrpcDcr.Server.Model;
using GrpcDcr.Server.Storage.Writes;
using Npgsql;
using static GrpcDcr.Server.Storage.Postgres.Connections.PostgresQuery;

namespace GrpcDcr.Server.Storage.Postgres;

/// <summary>The commands that write the clients of a batch, and by what they are found.</summary>
internal static class ClientWrites
{
    private const string Columns = "unnest($1::uuid[], $2::smallint[], $3::bigint[], $4::bytea[], $5::bytea[])";
    private const string Inserts = $"insert into client (client_id, state, version, name, record) select * from {Columns}";
    private const string Updates =
        "update client set state = u.state, version = u.version, name = u.name, record = u.record "
        + $"from {Columns} as u (client_id, state, version, name, record) where client.client_id = u.client_id";

    public static void Add(NpgsqlBatch batch, WriteSet<ClientId, RegisteredClient> writes)
    {
        AddRows(batch, Inserts, [.. writes.Inserts]);
        AddRows(batch, Updates, [.. writes.Updates]);
        var deleted = writes.Deletes.Select(id => id.Value).ToArray();
        batch.AddIf(deleted.Length > 0, "delete from client where client_id = any($1)", () => deleted);
        AddTags(batch, writes);
        AddCounts(batch, writes);
    }

    private static void AddRows(NpgsqlBatch batch, string sql, List<EncodedRecord<RegisteredClient>> rows)
    {
        if (rows.Count > 0)
        {
            batch.Add(
                sql,
                Value(rows.ConvertAll(c => c.Value.Id.Value).ToArray()),
                Value(rows.ConvertAll(c => (short)ListedState.Of(c.Value)).ToArray()),
                Value(rows.ConvertAll(c => c.Value.Version).ToArray()),
                Value(rows.ConvertAll(c => ClientTags.NameOf(c.Value)).ToArray()),
                Value(rows.ConvertAll(c => c.Bytes).ToArray()));
        }
    }

    private static void AddTags(NpgsqlBatch batch, WriteSet<ClientId, RegisteredClient> writes)
    {
        var (gone, added) = (new List<(int Tag, Guid Client)>(), new List<(int Tag, Guid Client)>());
        foreach (var (before, now) in writes.Changes)
        {
            var (earlier, current) = (TagsOf(before), TagsOf(now));
            gone.AddRange(earlier.Except(current).Select(tag => ((int)tag, before!.Id.Value)));
            added.AddRange(current.Except(earlier).Select(tag => ((int)tag, now!.Id.Value)));
        }

        AddPairs(batch, "delete from client_tag using unnest($1::integer[], $2::uuid[]) as u (tag, client_id) "
            + "where client_tag.tag = u.tag and client_tag.client_id = u.client_id", gone);
        AddPairs(batch, "insert into client_tag (tag, client_id) select * from unnest($1::integer[], $2::uuid[])", added);
    }

    /// <summary>Nobody else changes the counts meanwhile: <c>audit_head</c> is locked.</summary>
    private static void AddCounts(NpgsqlBatch batch, WriteSet<ClientId, RegisteredClient> writes)
    {
        var changes = new long[ListedState.End];
        foreach (var (before, now) in writes.Changes)
        {
            if (before is not null)
            {
                changes[ListedState.Of(before)]--;
            }

            if (now is not null)
            {
                changes[ListedState.Of(now)]++;
            }
        }

        var states = Enumerable.Range(0, ListedState.End).Where(state => changes[state] != 0).Select(state => (short)state).ToArray();
        if (states.Length > 0)
        {
            batch.Add(
                "insert into client_count (state, clients) select * from unnest($1::smallint[], $2::bigint[]) "
                + "on conflict (state) do update set clients = client_count.clients + excluded.clients",
                Value(states), Value(Array.ConvertAll(states, state => changes[state])));
        }
    }

    private static uint[] TagsOf(RegisteredClient? client) => client is null ? [] : ClientTags.Of(client);

    private static void AddPairs(NpgsqlBatch batch, string sql, List<(int Tag, Guid Client)> pairs)
    {
        if (pairs.Count > 0)
        {
            batch.Add(sql, Value(pairs.ConvertAll(p => p.Tag).ToArray()), Value(pairs.ConvertAll(p => p.Client).ToArray()));
        }
    }
}
