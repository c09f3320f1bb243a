using Npgsql;

namespace GrpcDcr.Server.Storage.Postgres.Connections;

/// <summary>Queries, each on a connection of the pool.</summary>
internal static class PostgresQuery
{
    /// <param name="source">The pool.</param>
    /// <param name="sql">One query with parameters <c>$1</c> and so on.</param>
    /// <param name="read">Converts a row.</param>
    /// <param name="cancellationToken">Cancels the query.</param>
    /// <param name="parameters">Values of the parameters, in order.</param>
    /// <exception cref="StorageException">The query failed.</exception>
    public static async Task<List<T>> QueryAsync<T>(
        this NpgsqlDataSource source, string sql, Func<NpgsqlDataReader, T> read, CancellationToken cancellationToken,
        params NpgsqlParameter[] parameters)
    {
        try
        {
            await using var connection = await source.OpenConnectionAsync(cancellationToken);
            await using var command = new NpgsqlCommand(sql, connection);
            command.Parameters.AddRange(parameters);
            return await command.RowsAsync(read, cancellationToken);
        }
        catch (Exception e) when (!cancellationToken.IsCancellationRequested && e is not StorageException)
        {
            throw PostgresFault.Of(e);
        }
    }

    public static async Task<List<T>> RowsAsync<T>(
        this NpgsqlCommand command, Func<NpgsqlDataReader, T> read, CancellationToken cancellationToken)
    {
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        return await reader.RowsAsync(read, cancellationToken);
    }

    /// <summary>All rows of the current result.</summary>
    public static async Task<List<T>> RowsAsync<T>(
        this NpgsqlDataReader reader, Func<NpgsqlDataReader, T> read, CancellationToken cancellationToken)
    {
        var rows = new List<T>();
        while (await reader.ReadAsync(cancellationToken))
        {
            rows.Add(read(reader));
        }

        return rows;
    }

    public static NpgsqlParameter Value<T>(T value) => new NpgsqlParameter<T> { TypedValue = value };
}
