using GrpcDcr.Server.Model;
using Npgsql;
using static GrpcDcr.Server.Storage.Postgres.PostgresQuery;

namespace GrpcDcr.Server.Storage.Postgres;

/// <summary>Pages of the software statements that had their use.</summary>
internal static class SoftwareStatementQueries
{
    public static async Task<Page<SoftwareStatementUse>> ListAsync(NpgsqlDataSource source, PageRequest page, CancellationToken cancellationToken)
    {
        var uses = await source.AskAsync(
            "select key, expires_at from used_statement where key > $1 order by key limit $2",
            row => new SoftwareStatementUse(SecretHash.FromBytes(row.GetFieldValue<byte[]>(0)), DateTimeOffset.FromUnixTimeMilliseconds(row.GetInt64(1))),
            cancellationToken,
            Value(page.Token?.Bytes.ToArray() ?? []),
            Value(page.ClampedSize + 1));
        return uses.ToPage(page.ClampedSize, use => new PageToken(use.Key.Bytes));
    }
}
