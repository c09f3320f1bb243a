using GrpcDcr.Server.Storage;
using GrpcDcr.Server.Storage.Postgres;
using GrpcDcr.Server.Storage.Postgres.Connections;
using GrpcDcr.Storage.Tests.Contract;
using GrpcDcr.Storage.Tests.Samples;
using GrpcDcr.TestKit.Running;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;

namespace GrpcDcr.Storage.Tests.Postgres;

/// <summary>A schema of its own in a database. The cache is too small for most clients, so that the database is asked.</summary>
internal sealed class PostgresHome(PostgresServer server) : StoreHome
{
    public PostgresHome()
        : this(SharedPostgres.Server)
    {
    }

    public PostgresOptions Options { get; init; } =
        new(server.ConnectionString) { Schema = $"t_{Sample.NewId().Value:n}", CacheBytes = 256 * 1024 };

    public TimeProvider Time { get; init; } = TimeProvider.System;

    public override IRegistrationStore NewStore() => new PostgresStore(Options, Time, NullLogger.Instance);

    public Task ExecuteAsync(string sql) => QueryAsync(sql, _ => true);

    public async Task<List<T>> QueryAsync<T>(string sql, Func<NpgsqlDataReader, T> read)
    {
        await using var source = NpgsqlDataSource.Create($"{Options.ConnectionString};Search Path={Options.Schema};Pooling=false");
        await using var command = source.CreateCommand(sql);
        await using var reader = await command.ExecuteReaderAsync();
        var rows = new List<T>();
        while (await reader.ReadAsync())
        {
            rows.Add(read(reader));
        }

        return rows;
    }

    public override async ValueTask DisposeAsync() => await ExecuteAsync($"drop schema if exists \"{Options.Schema}\" cascade");
}
