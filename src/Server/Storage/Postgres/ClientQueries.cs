using GrpcDcr.Server.Model;
using GrpcDcr.Server.Storage.Encoding;
using GrpcDcr.Server.Storage.Postgres.Connections;
using GrpcDcr.Server.Storage.Writes;
using GrpcDcr.Server.Telemetry;
using Npgsql;
using static GrpcDcr.Server.Storage.Postgres.Connections.PostgresQuery;

namespace GrpcDcr.Server.Storage.Postgres;

/// <summary>Queries for clients.</summary>
internal sealed class ClientQueries(NpgsqlDataSource source, ClientCache cache, ServiceMetrics metrics)
{
    public RegisteredClient? FindCached(ClientId id)
    {
        var found = cache.Find(id);
        if (found is not null)
        {
            metrics.LookedUp(isHit: true);
        }

        return found;
    }

    public async Task<RegisteredClient?> FindAsync(ClientId id, CancellationToken cancellationToken)
    {
        metrics.LookedUp(isHit: false);
        var generation = cache.GenerationOf(id);
        var found = await source.QueryAsync("select record from client where client_id = $1", Read, cancellationToken, Value(id.Value));
        if (found.Count == 0)
        {
            return null;
        }

        cache.Add(found[0].Value, found[0].Bytes.Length, generation);
        return found[0].Value;
    }

    public ValueTask<Page<RegisteredClient>> ListAsync(ClientFilter filter, PageRequest page, CancellationToken cancellationToken) =>
        ClientListing.ReadAsync(filter, page, (query, token) => ClientScan.FindAsync(source, query, token), cancellationToken);

    public async Task<ClientCounts> CountAsync(CancellationToken cancellationToken)
    {
        var counts = await source.QueryAsync(
            "select state, clients from client_count where clients <> 0",
            row => ((byte)row.GetInt16(0), row.GetInt64(1)),
            cancellationToken);
        var oldest = await ClientScan.FindAsync(source, ListedState.OldestPending, cancellationToken);
        return ListedState.CountsOf(counts.ToDictionary(count => count.Item1, count => count.Item2), oldest);
    }

    private static EncodedRecord<RegisteredClient> Read(NpgsqlDataReader row)
    {
        var record = row.GetFieldValue<byte[]>(0);
        return new EncodedRecord<RegisteredClient>(ClientRecord.Decode(record), record);
    }
}

/// <summary>Pages of rows that are listed by a key.</summary>
internal static class KeyedPage
{
    /// <param name="rows">The rows of the page, and one more if there are more.</param>
    /// <param name="size">Size of a page.</param>
    /// <param name="key">The key of a row: the next page begins after it.</param>
    public static Page<T> ToPage<T>(this List<T> rows, int size, Func<T, PageToken> key)
    {
        if (rows.Count <= size)
        {
            return new Page<T>(rows, null);
        }

        rows.RemoveAt(size);
        return new Page<T>(rows, key(rows[^1]));
    }
}
