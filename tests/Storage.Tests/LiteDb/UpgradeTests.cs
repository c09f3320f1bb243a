using System.IO.Compression;
using GrpcDcr.Server.Model;
using GrpcDcr.Server.Storage;
using GrpcDcr.Server.Storage.LiteDb;
using GrpcDcr.Storage.Tests.Samples;
using GrpcDcr.TestKit.Samples;

namespace GrpcDcr.Storage.Tests.LiteDb;

/// <summary>A store that the service wrote before there were tokens: nine clients, some in the data file and some in the log.</summary>
public sealed class UpgradeTests : IAsyncLifetime
{
    private readonly SimulatedHome _home = new();

    /// <summary>Its clients: the third was removed.</summary>
    private static List<RegisteredClient> Clients => [.. new[] { 1, 2, 4, 5, 6, 7, 8 }.Select(AsLayout1HadIt)];

    public async ValueTask InitializeAsync() => _home.Disk = SimulatedDisk.Of(
        (StoreFiles.Data, await ReadAsync(StoreFiles.Data)), (StoreFiles.Log, await ReadAsync(StoreFiles.Log)));

    public ValueTask DisposeAsync() => _home.DisposeAsync();

    [Fact]
    public async Task A_store_of_layout_1_has_all_its_clients_and_events()
    {
        for (var opening = 0; opening < 2; opening++)
        {
            await using var store = await _home.OpenAsync();

            Expect.Same(Clients, await store.AllAsync());
            Expect.Same(Clients.Where(c => c.State == ClientState.Active), await store.AllAsync(ClientState.Active));
            Expect.Same(Clients[0], await store.FindAsync(Clients[0].Id));
            Assert.Equal(Enumerable.Range(1, 11).Select(i => (long)i), (await store.AuditAsync()).Select(e => e.Sequence));
            Assert.Empty(await store.TokensAsync());
            Assert.Equal(RegistrationStatus.Enabled, await store.ReadSwitchAsync());
        }
    }

    [Fact]
    public async Task A_store_of_layout_1_goes_on_with_all_that_is_new()
    {
        var token = Sample.NewToken(maxUses: 1);
        var spending = new ConsumedCredentials(token.Id, Sample.Statement("one"));
        await using (var store = await _home.OpenAsync())
        {
            await store.AddTokenAsync(token);
            await store.SetSwitchAsync(new RegistrationStatus(true));
            Assert.Equal(AddOutcome.Added, await store.AddAsync(Sample.NewClient(), spending));
            Assert.Equal(ReplaceOutcome.Replaced, await store.ReplaceAsync(Clients[0].Next(), Sample.Statement("two")));
        }

        await using var again = await _home.OpenAsync();
        Assert.Equal(1, (await again.FindTokenAsync(token.Id))!.Uses);
        Assert.True((await again.ReadSwitchAsync()).Closed);
        Assert.Equal(AddOutcome.InitialAccessTokenSpent, await again.AddAsync(Sample.NewClient(), spending));
        Assert.Equal(AddOutcome.SoftwareStatementReplayed, await again.AddAsync(Sample.NewClient(), spending with { InitialAccessTokenId = null }));
        Expect.Same(Clients[0].Next(), await again.FindAsync(Clients[0].Id));
    }

    [Fact]
    public async Task Once_opened_it_has_the_layout_of_today()
    {
        await (await _home.OpenAsync()).DisposeAsync();

        var data = DataFile.Of(_home.Disk[StoreFiles.Data]);
        Assert.Equal(3, data.Version);
        Assert.Equal(["audit", "clients", "meta", "tokens", "uses"], data.Collections.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task The_power_may_go_at_any_moment_of_the_upgrade()
    {
        var acts = 0;
        for (; await LosePowerAsync(acts); acts++)
        {
            await using var store = await _home.OpenAsync();

            Expect.Same(Clients, await store.AllAsync());
            Assert.Equal(11, (await store.AuditAsync()).Count);
            await store.AddTokenAsync(Sample.NewToken());
            await InitializeAsync();
        }

        Assert.True(acts > 5, $"Opening made only {acts} writes and syncs.");
    }

    /// <summary>Opens the store; the power goes after so many writes and syncs. False when opening takes no more than that.</summary>
    private async Task<bool> LosePowerAsync(int acts)
    {
        var (disk, left) = (_home.Disk, acts);
        disk.Before = (_, act) =>
        {
            if (act != DiskAct.Read && Interlocked.Decrement(ref left) < 0)
            {
                disk.CutPower();
            }
        };
        await using (var store = _home.NewStore())
        {
            var failure = await Record.ExceptionAsync(() => store.OpenAsync(CancellationToken.None).AsTask());
            disk.Before = null;
            if (failure is null)
            {
                return false;
            }

            Assert.IsType<StorageException>(failure);
        }

        _home.Disk = disk.AfterPowerLoss(new Dice((ulong)acts));
        return true;
    }

    private static RegisteredClient AsLayout1HadIt(int number)
    {
        var client = number is 2 or 4
            ? Sample.Client(Sample.IdOf(number), 2, ClientState.Active)
            : Sample.Client(Sample.IdOf(number));
        return client with
        {
            Metadata = client.Metadata with { SoftwareStatement = null, Extensions = ClientMetadata.Empty.Extensions },
            ApprovedMetadata = null,
            Secret = client.Secret! with { Sealed = null, Previous = null },
            RegistrationAccessToken = null,
            InitialAccessTokenId = null,
            Constraints = null,
            SoftwareStatementIssuer = null,
        };
    }

    private static async Task<byte[]> ReadAsync(string name)
    {
        await using var resource = typeof(UpgradeTests).Assembly.GetManifestResourceStream($"Layout1/{name}.gz")!;
        await using var unpacked = new GZipStream(resource, CompressionMode.Decompress);
        using var bytes = new MemoryStream();
        await unpacked.CopyToAsync(bytes);
        return bytes.ToArray();
    }
}
