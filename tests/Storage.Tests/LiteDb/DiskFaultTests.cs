using GrpcDcr.Server.Model;
using GrpcDcr.Server.Storage;
using GrpcDcr.Server.Storage.LiteDb.Files;
using GrpcDcr.Storage.Tests.Samples;
using GrpcDcr.TestKit;
using GrpcDcr.TestKit.Samples;

namespace GrpcDcr.Storage.Tests.LiteDb;

/// <summary>The disk refuses once, or is full for a while.</summary>
public sealed class DiskFaultTests : IAsyncLifetime
{
    private static readonly int Rounds = Repetitions.Of("DISK_ROUNDS", inEveryRun: 4);

    private readonly SimulatedHome _home = new();

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public ValueTask DisposeAsync() => _home.DisposeAsync();

    [Theory]
    [InlineData(DiskAct.Write, false)]
    [InlineData(DiskAct.Write, true)]
    [InlineData(DiskAct.Sync, false)]
    [InlineData(DiskAct.Sync, true)]
    internal Task One_fault_of_the_journal_ends_all_changes_and_loses_none(DiskAct act, bool callerHasContext) =>
        CallerContext.RunAsync(callerHasContext, () => RepeatAsync(async (store, witness, dice) =>
        {
            FailOnce(StoreFiles.Journal[0], act, after: dice.Below(20));
            await ChangeAsync(store, witness, 1000);

            await Expect.FailsAsync(StorageFailure.Unavailable, () => store.AddAsync(Sample.NewClient()).AsTask());
            Assert.False((await store.CheckAsync(CancellationToken.None)).Ready);
        }));

    [Theory]
    [InlineData(DiskAct.Write)]
    [InlineData(DiskAct.Sync)]
    internal Task One_fault_of_the_log_of_pages_ends_all_changes_and_loses_none(DiskAct act) => RepeatAsync(async (store, witness, dice) =>
    {
        FailOnce(StoreFiles.Log, act, after: dice.Below(4));
        await Eventually.TrueAsync(async () =>
        {
            await ChangeAsync(store, witness, 100);
            _home.LetIdle();
            return !(await store.CheckAsync(CancellationToken.None)).Ready;
        });

        await Expect.FailsAsync(StorageFailure.Unavailable, () => store.AddAsync(Sample.NewClient()).AsTask());
    });

    [Theory]
    [InlineData(DiskAct.Write, false)]
    [InlineData(DiskAct.Write, true)]
    [InlineData(DiskAct.Sync, false)]
    [InlineData(DiskAct.Sync, true)]
    internal Task One_fault_of_the_data_file_is_made_good_by_the_next_checkpoint(DiskAct act, bool callerHasContext) =>
        CallerContext.RunAsync(callerHasContext, () => RepeatAsync(async (store, witness, dice) =>
        {
            var failed = FailOnce(StoreFiles.Data, act, after: dice.Below(6));
            for (var i = 0; i < 5 || !failed(); i++)
            {
                await ChangeAsync(store, witness, 20);
                await ReadyAgainAsync(store);
            }

            await ReadyAgainAsync(store);
            await witness.CheckAsync(store);
        }));

    [Fact]
    public async Task A_full_disk_stops_changes_until_there_is_room_and_never_questions()
    {
        await using var store = await _home.OpenAsync();
        var first = Sample.NewClient();
        await store.AddAsync(first);
        var full = true;
        _home.Disk.Before = (name, act) => Refuse(full && name == StoreFiles.Data && act == DiskAct.Write, "No space left on device");

        var witness = new List<RegisteredClient> { first };
        await Expect.FailsAsync(StorageFailure.Unavailable, async () =>
        {
            while (true)
            {
                var client = Sample.NewClient();
                await store.AddAsync(client);
                witness.Add(client);
            }
        });
        var health = await store.CheckAsync(CancellationToken.None);
        Assert.False(health.Ready);
        Assert.Contains("Free some disk space", health.Description, StringComparison.Ordinal);
        Expect.Same(witness, await store.AllAsync());
        Expect.Same(first, await store.FindAsync(first.Id));

        full = false;
        await ReadyAgainAsync(store);
        await store.ReplaceAsync(first.Next());
        Expect.Same(witness.Skip(1).Prepend(first.Next()), await store.AllAsync());
        Assert.Equal(witness.Count + 1, (await store.AuditAsync()).Count);
    }

    [Fact]
    public async Task An_idle_store_moves_its_log_into_the_data_file()
    {
        await using var store = await _home.OpenAsync();
        var client = Sample.NewClient();
        await store.AddAsync(client);
        var empty = _home.Disk[StoreFiles.Data].Length;

        await Eventually.TrueAsync(() =>
        {
            _home.LetIdle();
            return Task.FromResult(!_home.Disk[StoreFiles.Log].AsSpan(0, 4096).SequenceEqual(new byte[4096])
                && Holds(_home.Disk[StoreFiles.Data], client));
        });

        Assert.True(_home.Disk[StoreFiles.Data].Length >= empty);
        Expect.Same(client, await store.FindAsync(client.Id));
    }

    [Fact]
    public async Task A_disk_that_takes_no_writes_is_found_out_at_the_start()
    {
        await (await _home.OpenAsync()).DisposeAsync();
        _home.Disk.Before = (_, act) => Refuse(act is DiskAct.Write or DiskAct.Sync, "Read-only file system");
        await using var store = _home.NewStore();

        var e = await Assert.ThrowsAsync<StorageException>(() => store.OpenAsync(CancellationToken.None).AsTask());

        Assert.True(e.Failure is StorageFailure.Unavailable or StorageFailure.OutcomeUnknown);
    }

    private static void Refuse(bool now, string message)
    {
        if (now)
        {
            throw new IOException(message);
        }
    }

    private static bool Holds(byte[] file, RegisteredClient client) =>
        file.AsSpan().IndexOf(System.Text.Encoding.UTF8.GetBytes($"owner@{client.Id}.example")) >= 0;

    private static Task ChangeAsync(IRegistrationStore store, Witness witness, int changes) =>
        Task.WhenAll(Enumerable.Range(0, 4).Select(_ => witness.ChangeAsync(store, changes)));

    private async Task RepeatAsync(Func<IRegistrationStore, Witness, Dice, Task> run)
    {
        for (var round = 0; round < Rounds; round++)
        {
            var dice = new Dice((ulong)round);
            var witness = new Witness(dice);
            _home.Disk = new SimulatedDisk();
            await using (var store = await _home.OpenAsync())
            {
                await ChangeAsync(store, witness, 5);
                await run(store, witness, dice);
                Assert.True(witness.Acknowledged >= 5);
            }

            _home.Disk.Before = null;
            await using var again = await _home.OpenAsync();
            await witness.CheckAsync(again);
        }
    }

    /// <summary>Fails one act of this kind, and says whether it has and was tried again.</summary>
    private Func<bool> FailOnce(string file, DiskAct which, int after)
    {
        var left = after;
        _home.Disk.Before = (name, act) =>
        {
            var now = name == file && act == which && Interlocked.Decrement(ref left) == -1;
            Refuse(now, "Input/output error");
        };
        return () => Volatile.Read(ref left) < -1;
    }

    private Task ReadyAgainAsync(IRegistrationStore store) => Eventually.TrueAsync(async () =>
    {
        _home.LetIdle();
        return (await store.CheckAsync(CancellationToken.None)).Ready;
    });
}
