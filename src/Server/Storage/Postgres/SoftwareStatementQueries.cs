using GrpcDcr.Server.Model;
using GrpcDcr.Server.Storage.Postgres.Connections;
using Npgsql;
using static GrpcDcr.Server.Storage.Postgres.Connections.PostgresQuery;

namespace GrpcDcr.Server.Storage.Postgres;

/// <summary>Queries for used software statements.</summary>
internal static class SoftwareStatementQueries
{
    public static async Task<Page<SoftwareStatementUse>> ListAsync(
        NpgsqlDataSource source, PageRequest page, CancellationToken cancellationToken)
    {
        var uses = await source.QueryAsync(
            "select key, expires_at from used_software_statement where key > $1 order by key limit $2",
            row => new SoftwareStatementUse(
                SecretHash.FromBytes(row.GetFieldValue<byte[]>(0)), DateTimeOffset.FromUnixTimeMilliseconds(row.GetInt64(1))),
            cancellationToken,
            Value(page.Token?.Bytes.ToArray() ?? []),
            Value(page.ClampedSize + 1));
        return uses.ToPage(page.ClampedSize, use => new PageToken(use.Key.Bytes));
    }
}
