using GrpcDcr.Server.Model;
using GrpcDcr.Server.Storage;
using GrpcDcr.Storage.Tests.Samples;
using GrpcDcr.TestKit.Running;
using Npgsql;

namespace GrpcDcr.Storage.Tests.Postgres;

/// <summary>Two clusters: a primary, and a standby that is promoted without the last changes of the primary.</summary>
public sealed class FailoverTests : IAsyncLifetime
{
    private PostgresServer _primary = null!;
    private PostgresServer _standby = null!;
    private TcpRelay _relay = null!;

    public async ValueTask InitializeAsync()
    {
        _primary = await PostgresServer.StartAsync("fsync=off");
        _standby = await _primary.StartStandbyAsync();
        _relay = new TcpRelay(_primary.Port);
    }

    public async ValueTask DisposeAsync()
    {
        await _relay.DisposeAsync();
        await _standby.DisposeAsync();
        await _primary.DisposeAsync();
    }

    [Theory]
    [InlineData(0)]
    [InlineData(3)]
    public async Task Every_instance_forgets_what_the_promoted_standby_never_had(int changesAfterwards)
    {
        var direct = new PostgresHome(_primary);
        var home = new PostgresHome { Options = direct.Options with { ConnectionString = Relayed(direct) } };
        await using var store = await home.OpenAsync();
        var (client, lost) = (Sample.NewClient(), Sample.NewClient());
        await store.AddAsync(client);
        await Eventually.TrueAsync(async () => await EventsOfStandbyAsync(home) == 1);
        await StopReceivingAsync(home);
        await store.ReplaceAsync(client.Next());
        await store.AddAsync(lost);
        Expect.Same(client.Next(), await store.GetCachedAsync(client.Id, CancellationToken.None));
        Expect.Same(lost, await store.GetCachedAsync(lost.Id, CancellationToken.None));

        await _primary.StopAsync("immediate");
        await _standby.PromoteAsync();
        await using var other = await OnStandby(home).OpenAsync();
        for (var i = 0; i < changesAfterwards; i++)
        {
            Assert.Equal(AddOutcome.Added, await other.AddAsync(Sample.NewClient()));
        }

        _relay.Target = _standby.Port;

        await Eventually.TrueAsync(async () => await HasVersionAsync(store, lost.Id, null));
        await Eventually.TrueAsync(async () => await HasVersionAsync(store, client.Id, client.Version));
        Assert.Equal(AddOutcome.Added, await store.AddAsync(lost));
        Assert.Equal(Enumerable.Range(1, changesAfterwards + 2).Select(i => (long)i), (await other.AuditAsync()).Select(e => e.Sequence));
    }

    /// <summary>Calls fail until all broken connections are replaced.</summary>
    private static async Task<bool> HasVersionAsync(IRegistrationStore store, ClientId id, long? version)
    {
        try
        {
            return (await store.GetCachedAsync(id, CancellationToken.None))?.Version == version;
        }
        catch (StorageException)
        {
            return false;
        }
    }

    private string Relayed(PostgresHome direct) => $"{direct.Options.ConnectionString};Port={_relay.Port}";

    private PostgresHome OnStandby(PostgresHome home) =>
        new(_standby) { Options = home.Options with { ConnectionString = _standby.ConnectionString } };

    /// <summary>The standby may not have the tables yet.</summary>
    private async Task<long> EventsOfStandbyAsync(PostgresHome home)
    {
        try
        {
            return (await OnStandby(home).QueryAsync("select count(*) from audit_event", row => row.GetInt64(0)))[0];
        }
        catch (PostgresException e) when (e.SqlState == PostgresErrorCodes.UndefinedTable)
        {
            return 0;
        }
    }

    /// <summary>The standby stays as it is from here on.</summary>
    private async Task StopReceivingAsync(PostgresHome home)
    {
        var standby = OnStandby(home);
        await standby.ExecuteAsync("alter system set primary_conninfo = ''");
        await standby.ExecuteAsync("select pg_reload_conf()");
        await Eventually.TrueAsync(async () =>
            (await standby.QueryAsync("select count(*) from pg_stat_wal_receiver", row => row.GetInt64(0)))[0] == 0);
    }
}
