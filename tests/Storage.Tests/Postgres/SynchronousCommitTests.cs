using GrpcDcr.Server.Model;
using GrpcDcr.Server.Storage;
using GrpcDcr.Storage.Tests.Samples;
using GrpcDcr.TestKit.Running;

namespace GrpcDcr.Storage.Tests.Postgres;

/// <summary>The database would acknowledge commits that it may lose.</summary>
public sealed class SynchronousCommitTests
{
    [Theory]
    [InlineData("off", "on")]
    [InlineData("local", "on")]
    [InlineData("remote_write", "on")]
    [InlineData("on", "on")]
    [InlineData("remote_apply", "remote_apply")]
    public async Task Changes_are_committed_with_on_or_what_is_stronger(string set, string used)
    {
        await using var home = new PostgresHome();
        var options = home.Options with { ConnectionString = $"{home.Options.ConnectionString};Options=-c synchronous_commit={set}" };
        await using var store = await new PostgresHome { Options = options }.OpenAsync();
        await home.ExecuteAsync("create table seen (value text)");
        await home.ExecuteAsync(
            "create function note() returns trigger language plpgsql as "
            + "$$ begin insert into seen values (current_setting('synchronous_commit')); return null; end $$");
        await home.ExecuteAsync("create trigger noting after insert on client execute function note()");

        await store.AddAsync(Sample.NewClient());

        Assert.Equal([used], await home.QueryAsync("select value from seen", row => row.GetString(0)));
    }

    [Fact]
    public async Task A_crash_of_a_database_that_does_not_wait_for_its_disk_loses_nothing_acknowledged()
    {
        await using var server = await PostgresServer.StartAsync("synchronous_commit=off", "wal_writer_delay=10000");
        var home = new PostgresHome(server);
        var clients = new List<RegisteredClient>();
        await using (var store = await home.OpenAsync())
        {
            for (var i = 0; i < 40; i++)
            {
                clients.Add(Sample.NewClient());
                Assert.Equal(AddOutcome.Added, await store.AddAsync(clients[^1]));
            }

            await server.StopAsync("immediate");
        }

        await server.StartAgainAsync();
        await using var again = await home.OpenAsync();

        Assert.Equal(clients.Select(c => c.Id), (await again.AllAsync()).Select(c => c.Id));
    }
}
