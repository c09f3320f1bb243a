using GrpcDcr.Server.Model;
using GrpcDcr.Server.Storage.Postgres.Connections;
using Npgsql;
using static GrpcDcr.Server.Storage.Postgres.Connections.PostgresQuery;

namespace GrpcDcr.Server.Storage.Postgres;

/// <summary>Queries for one-time uses.</summary>
internal static class OneTimeUseQueries
{
    private const string Columns = "key, expires_at, result";

    public static async Task<OneTimeUse?> FindAsync(NpgsqlDataSource source, SecretHash key, CancellationToken cancellationToken)
    {
        var found = await source.QueryAsync(
            $"select {Columns} from one_time_use where key = $1", Read, cancellationToken, Value(key.Bytes.ToArray()));
        return found.Count == 0 ? null : found[0];
    }

    public static async Task<Page<OneTimeUse>> ListAsync(NpgsqlDataSource source, PageRequest page, CancellationToken cancellationToken)
    {
        var uses = await source.QueryAsync(
            $"select {Columns} from one_time_use where key > $1 order by key limit $2",
            Read,
            cancellationToken,
            Value(page.Token?.Bytes.ToArray() ?? []),
            Value(page.ClampedSize + 1));
        return uses.ToPage(page.ClampedSize, use => new PageToken(use.Key.Bytes));
    }

    private static OneTimeUse Read(NpgsqlDataReader row) => new(
        SecretHash.FromBytes(row.GetFieldValue<byte[]>(0)),
        DateTimeOffset.FromUnixTimeMilliseconds(row.GetInt64(1)),
        row.IsDBNull(2) ? null : row.GetGuid(2));
}
