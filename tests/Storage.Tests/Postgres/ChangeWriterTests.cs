using GrpcDcr.Server.Storage;
using GrpcDcr.Storage.Tests.Samples;
using Npgsql;

namespace GrpcDcr.Storage.Tests.Postgres;

/// <summary>Changes that wait for the writer are bounded in bytes, as those of LiteDB are.</summary>
public sealed class ChangeWriterTests : IAsyncLifetime
{
    private readonly PostgresHome _home = new();
    private IRegistrationStore _store = null!;

    public async ValueTask InitializeAsync()
    {
        var options = _home.Options with { QueueBytes = 150_000 };
        _store = await new PostgresHome { Options = options }.OpenAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await _store.DisposeAsync();
        await _home.DisposeAsync();
    }

    [Fact]
    public async Task Large_changes_are_refused_before_there_are_many()
    {
        await using var source = NpgsqlDataSource.Create($"{_home.Options.ConnectionString};Search Path={_home.Options.Schema}");
        await using var connection = await source.OpenConnectionAsync();
        await using (await connection.BeginTransactionAsync())
        {
            await new NpgsqlCommand("select 1 from audit_head for update", connection).ExecuteNonQueryAsync();
            var written = _store.AddAsync(Sample.NewClient()).AsTask();
            var blocked = $"select 1 from pg_stat_activity where {connection.ProcessID} = any(pg_blocking_pids(pid))";
            await Eventually.TrueAsync(async () => (await _home.QueryAsync(blocked, _ => true)).Count > 0);

            var queued = _store.AddAsync(Sample.Large(200_000)).AsTask();
            await Expect.FailsAsync(StorageFailure.Busy, () => _store.AddAsync(Sample.Large(200_000)).AsTask());
            await Expect.FailsAsync(StorageFailure.Busy, () => _store.AddAsync(Sample.NewClient()).AsTask());

            await new NpgsqlCommand("rollback", connection).ExecuteNonQueryAsync();
            Assert.Equal([AddOutcome.Added, AddOutcome.Added], await Task.WhenAll(written, queued));
        }

        for (var i = 0; i < 3; i++)
        {
            Assert.Equal(AddOutcome.Added, await _store.AddAsync(Sample.Large(100_000)));
        }
    }
}
