using GrpcDcr.Server.Model;
using GrpcDcr.Server.Storage.Encoding;
using GrpcDcr.Server.Storage.Postgres.Connections;
using Npgsql;
using static GrpcDcr.Server.Storage.Postgres.Connections.PostgresQuery;

namespace GrpcDcr.Server.Storage.Postgres;

/// <summary>Queries for initial access tokens. They are not cached: every use would have to invalidate them in all instances.</summary>
internal static class InitialAccessTokenQueries
{
    public static async Task<InitialAccessToken?> FindAsync(
        NpgsqlDataSource source, InitialAccessTokenId id, CancellationToken cancellationToken)
    {
        var found = await source.QueryAsync(
            "select record from initial_access_token where initial_access_token_id = $1", Read, cancellationToken, Value(id.Value));
        return found.Count == 0 ? null : found[0];
    }

    public static async Task<Page<InitialAccessToken>> ListAsync(
        NpgsqlDataSource source, PageRequest page, CancellationToken cancellationToken)
    {
        var tokens = await source.QueryAsync(
            "select record from initial_access_token where initial_access_token_id > $1 order by initial_access_token_id limit $2",
            Read,
            cancellationToken,
            Value(page.AfterId()),
            Value(page.ClampedSize + 1));
        return tokens.ToPage(page.ClampedSize, token => new PageToken(token.Id.ToBytes()));
    }

    private static InitialAccessToken Read(NpgsqlDataReader row) => InitialAccessTokenRecord.Decode(row.GetFieldValue<byte[]>(0));
}
