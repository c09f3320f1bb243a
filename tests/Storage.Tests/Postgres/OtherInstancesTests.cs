using GrpcDcr.Server.Storage;
using GrpcDcr.Storage.Tests.Samples;
using GrpcDcr.TestKit.Running;
using Npgsql;

namespace GrpcDcr.Storage.Tests.Postgres;

/// <summary>Other instances, and the database itself, may be in a state that this instance does not expect.</summary>
public sealed class OtherInstancesTests : IAsyncLifetime
{
    private readonly PostgresHome _home = new();
    private IRegistrationStore _store = null!;

    public async ValueTask InitializeAsync() => _store = await _home.OpenAsync();

    public async ValueTask DisposeAsync()
    {
        await _store.DisposeAsync();
        await _home.DisposeAsync();
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task An_instance_that_stands_still_holds_up_the_others_for_a_few_seconds(bool withinItsStatements)
    {
        using var still = await RawSession.OpenAsync(
            SharedPostgres.Server.Port, new NpgsqlConnectionStringBuilder(_home.Options.ConnectionString).Username!);
        await still.QueryAsync($"set search_path = {_home.Options.Schema}; set idle_in_transaction_session_timeout = 1000");
        await still.QueryAsync("begin; select last_sequence from audit_head where id = 1 for update");
        if (withinItsStatements)
        {
            await still.BeginToQueryAsync();
        }

        Assert.Equal(AddOutcome.Added, await _store.AddAsync(Sample.NewClient()));

        Assert.True(await still.IsEndedAsync());
    }

    [Fact]
    public async Task An_instance_whose_clock_is_days_slow_learns_what_became_of_its_changes()
    {
        await using var relay = new TcpRelay(SharedPostgres.Server.Port);
        var slow = new PostgresHome
        {
            Options = _home.Options with { ConnectionString = $"{_home.Options.ConnectionString};Port={relay.Port}" },
            Time = new SlowClock(),
        };
        await using var slowStore = await slow.OpenAsync();
        await slowStore.RecordAsync(Sample.Event());
        relay.LoseAnswerTo(message => relay.Refusing = message.Span.IndexOf("insert into writer"u8) >= 0);
        var recording = slowStore.RecordAsync(Sample.Event()).AsTask();
        await Eventually.TrueAsync(async () => (await _store.AuditAsync()).Count == 2);

        // Its first change: it opens its session, and forgets instances that ended long ago.
        await _store.RecordAsync(Sample.Event());
        relay.Refusing = false;
        await recording;

        Assert.Equal(3, (await _store.AuditAsync()).Count);
    }

    [Fact]
    public async Task A_database_that_lost_its_last_changes_is_believed()
    {
        var client = Sample.NewClient();
        await _store.AddAsync(client);
        await _store.ReplaceAsync(client.Next());
        await using var listening = await _home.OpenAsync();
        Expect.Same(client.Next(), await listening.GetCachedAsync(client.Id, CancellationToken.None));

        await _home.ExecuteAsync("delete from client; delete from audit_event; update audit_head set last_sequence = 0");

        await Eventually.TrueAsync(async () => await listening.GetCachedAsync(client.Id, CancellationToken.None) is null);
    }

    /// <summary>Two days behind; it runs as fast as others.</summary>
    private sealed class SlowClock : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => System.GetUtcNow() - TimeSpan.FromDays(2);
    }
}
