using GrpcDcr.Server.Model;
using GrpcDcr.Server.Storage.Encoding;
using Npgsql;
using static GrpcDcr.Server.Storage.Postgres.PostgresQuery;

namespace GrpcDcr.Server.Storage.Postgres;

/// <summary>Questions about initial access tokens. They are not remembered: each instance would have to hear of every use.</summary>
internal static class InitialAccessTokenQueries
{
    public static async Task<InitialAccessToken?> FindAsync(NpgsqlDataSource source, InitialAccessTokenId id, CancellationToken cancellationToken)
    {
        var found = await source.AskAsync(
            "select record from initial_access_token where token_id = $1", Read, cancellationToken, Value(id.Value));
        return found.Count == 0 ? null : found[0];
    }

    public static async Task<Page<InitialAccessToken>> ListAsync(NpgsqlDataSource source, PageRequest page, CancellationToken cancellationToken)
    {
        var tokens = await source.AskAsync(
            "select record from initial_access_token where token_id > $1 order by token_id limit $2",
            Read,
            cancellationToken,
            Value(page.AfterId()),
            Value(page.ClampedSize + 1));
        return tokens.ToPage(page.ClampedSize, token => new PageToken(token.Id.ToBytes()));
    }

    private static InitialAccessToken Read(NpgsqlDataReader row) => InitialAccessTokenRecord.Decode(row.GetFieldValue<byte[]>(0));
}
