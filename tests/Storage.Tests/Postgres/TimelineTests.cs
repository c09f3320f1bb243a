using GrpcDcr.Server.Model;
using GrpcDcr.Server.Storage;
using GrpcDcr.Storage.Tests.Samples;
using GrpcDcr.TestKit.Running;

namespace GrpcDcr.Storage.Tests.Postgres;

/// <summary>The database lost its last changes, and gave their sequences to other ones.</summary>
public sealed class TimelineTests : IAsyncLifetime
{
    private readonly PostgresHome _home = new();
    private readonly TcpRelay _relay = new(SharedPostgres.Server.Port);
    private IRegistrationStore _store = null!;
    private IRegistrationStore _other = null!;

    public async ValueTask InitializeAsync()
    {
        _store = await new PostgresHome
        {
            Options = _home.Options with { ConnectionString = $"{_home.Options.ConnectionString};Port={_relay.Port}" },
        }.OpenAsync();
        _other = await _home.OpenAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await _store.DisposeAsync();
        await _other.DisposeAsync();
        await _relay.DisposeAsync();
        await _home.DisposeAsync();
    }

    [Fact]
    public async Task An_instance_that_stood_still_meanwhile_forgets_what_was_lost()
    {
        var (kept, lost) = (Sample.NewClient(), Sample.NewClient());
        await _store.AddAsync(kept);
        await _store.AddAsync(lost);
        await _store.ReplaceAsync(kept.Next());
        await RecallsAsync(_store, kept.Next());
        await RecallsAsync(_store, lost);

        // The instance learns this from the log, so it has read the log up to here.
        await _other.SetRegistrationStatusAsync(new RegistrationStatus(true));
        await Eventually.TrueAsync(async () => (await _store.GetRegistrationStatusAsync()).Closed);
        StandStill();

        await LoseAllButTheFirstEventAsync(kept);
        for (var i = 0; i < 4; i++)
        {
            await _other.AddAsync(Sample.NewClient());
        }

        _relay.Refusing = false;

        await EventuallyAsync(async () => await _store.GetCachedAsync(lost.Id, CancellationToken.None) is null);
        await EventuallyAsync(async () => (await _store.GetCachedAsync(kept.Id, CancellationToken.None))?.Version == kept.Version);
        await EventuallyAsync(async () => !(await _store.GetRegistrationStatusAsync()).Closed);
    }

    [Fact]
    public async Task Another_timeline_makes_every_instance_forget_though_all_that_it_saw_is_there()
    {
        var client = Sample.NewClient();
        await _store.AddAsync(client);
        await RecallsAsync(_store, client);
        await RecallsAsync(_other, client);

        await _home.ExecuteAsync("delete from client; update audit_head set timeline = gen_random_uuid()");

        foreach (var store in new[] { _store, _other })
        {
            await Eventually.TrueAsync(async () => await store.GetCachedAsync(client.Id, CancellationToken.None) is null);
        }
    }

    [Fact]
    public async Task An_import_begins_another_timeline()
    {
        var before = await TimelineAsync();

        await ((IStoreArchive)_store).ImportAsync(new ArchivedRegistrationStatus(new RegistrationStatus(true)), CancellationToken.None);

        Assert.NotEqual(before, await TimelineAsync());
        await Eventually.TrueAsync(async () => (await _other.GetRegistrationStatusAsync()).Closed);
    }

    [Fact]
    public async Task New_tables_have_a_timeline_of_their_own()
    {
        await using var home = new PostgresHome();
        await using var store = await home.OpenAsync();

        Assert.NotEqual(await TimelineAsync(), (await home.QueryAsync("select timeline from audit_head", row => row.GetGuid(0)))[0]);
    }

    private static async Task RecallsAsync(IRegistrationStore store, RegisteredClient client) =>
        await Eventually.TrueAsync(async () =>
            (await store.GetCachedAsync(client.Id, CancellationToken.None))?.Version == client.Version);

    /// <summary>Calls fail until all broken connections are replaced.</summary>
    private static Task EventuallyAsync(Func<Task<bool>> holds) => Eventually.TrueAsync(async () =>
    {
        try
        {
            return await holds();
        }
        catch (StorageException)
        {
            return false;
        }
    });

    private void StandStill()
    {
        _relay.Refusing = true;
        _relay.Cut();
    }

    private async Task LoseAllButTheFirstEventAsync(RegisteredClient first)
    {
        await _home.ExecuteAsync("delete from audit_event where sequence > 1; update audit_head set last_sequence = 1");
        await _home.ExecuteAsync("delete from registration_status");
        await _home.ExecuteAsync($"delete from client where client_id <> '{first.Id.Value}'");
        await _home.ExecuteAsync(
            $"update client set version = 1, record = decode('{Convert.ToHexString(EncodedRecordOf(first))}', 'hex')");
    }

    private static byte[] EncodedRecordOf(RegisteredClient client) => Server.Storage.Writes.EncodedRecord.Of(client).Bytes;

    private async Task<Guid> TimelineAsync() => (await _home.QueryAsync("select timeline from audit_head", row => row.GetGuid(0)))[0];
}
