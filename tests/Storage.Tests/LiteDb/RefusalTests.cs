using System.Buffers.Binary;
using GrpcDcr.Server.Model;
using GrpcDcr.Server.Storage;
using GrpcDcr.Server.Storage.LiteDb;
using GrpcDcr.Storage.Tests.Samples;
using LiteDB.Engine;

namespace GrpcDcr.Storage.Tests.LiteDb;

/// <summary>Files that this program must not touch are refused at the start, unchanged, and the message says what to do.</summary>
public sealed class RefusalTests : IAsyncLifetime
{
    private const string Restore = "from the newest backup";
    private const string MoveAway = "another folder";
    private const string NewerProgram = "the version of the service that wrote it";

    private readonly SimulatedHome home = new();
    private readonly StatementUse statement = Sample.Statement("one");
    private readonly List<InitialAccessToken> tokens = [Sample.NewToken(), Sample.NewToken(maxUses: 3)];
    private LogImage image = null!;

    public async ValueTask InitializeAsync() => image = await LogImage.MakeAsync();

    public ValueTask DisposeAsync() => home.DisposeAsync();

    [Fact]
    public Task A_missing_log() => RefusedAsync(SimulatedDisk.Of((StoreFiles.Data, image.Data)), Restore);

    [Fact]
    public Task A_missing_data_file() => RefusedAsync(SimulatedDisk.Of((StoreFiles.Log, image.Log)), Restore);

    [Fact]
    public async Task A_missing_data_file_after_the_log_has_moved_into_it()
    {
        var closed = await ClosedAsync();

        await RefusedAsync(SimulatedDisk.Of((StoreFiles.Log, closed[StoreFiles.Log])), Restore);
        await RefusedAsync(SimulatedDisk.Of((StoreFiles.Log, closed[StoreFiles.Log][..WalHeader.Size])), Restore);
    }

    [Fact]
    public Task A_data_file_of_something_else() =>
        RefusedAsync(image.Damaged(data: data => [.. "SQLite format 3\0"u8, .. data[16..32], .. new byte[9000]]), MoveAway);

    [Fact]
    public Task An_empty_data_file() => RefusedAsync(image.Damaged(data: _ => []), MoveAway);

    [Fact]
    public Task A_log_of_something_else() => RefusedAsync(image.Damaged(_ => new byte[100_000]), Restore);

    [Fact]
    public Task A_LiteDB_file_that_this_service_did_not_make() => RefusedAsync(
        SimulatedDisk.Of((StoreFiles.Log, EmptyLog()), (StoreFiles.Data, LiteDbFile(e => e.Pragma("USER_VERSION", 3)))), MoveAway);

    [Fact]
    public async Task A_log_of_another_store()
    {
        var other = await LogImage.MakeAsync();
        var closed = await ClosedAsync();

        await RefusedAsync(SimulatedDisk.Of((StoreFiles.Log, EmptyLog()), (StoreFiles.Data, closed[StoreFiles.Data])), MoveAway);
        await RefusedAsync(SimulatedDisk.Of((StoreFiles.Log, other.Log), (StoreFiles.Data, closed[StoreFiles.Data])), null);
    }

    [Fact]
    public Task A_newer_log() => RefusedAsync(
        image.Damaged(log =>
        {
            BinaryPrimitives.WriteInt32LittleEndian(log.AsSpan(8), 2);
            return log;
        }),
        NewerProgram);

    [Fact]
    public async Task A_newer_layout()
    {
        var closed = await ClosedAsync();
        var id = WalHeader.Read(closed.Open(StoreFiles.Log)!).StoreId;

        var newer = DataFile.Rewritten(closed[StoreFiles.Data], e => new StoreMarker(id, StoreMarker.CurrentSchema + 1).Write(e));

        await RefusedAsync(SimulatedDisk.Of((StoreFiles.Log, closed[StoreFiles.Log]), (StoreFiles.Data, newer)), NewerProgram);
    }

    [Fact]
    public async Task A_store_that_LiteDB_would_write_by_itself()
    {
        var closed = await ClosedAsync();

        var changed = DataFile.Rewritten(closed[StoreFiles.Data], e => e.Pragma("CHECKPOINT", 1000));

        await RefusedAsync(SimulatedDisk.Of((StoreFiles.Log, closed[StoreFiles.Log]), (StoreFiles.Data, changed)), MoveAway);
    }

    [Fact]
    public async Task A_data_file_damaged_anywhere_never_shows_a_wrong_client()
    {
        var closed = await ClosedAsync();
        for (var trial = 0; trial < 150; trial++)
        {
            var dice = new Dice((ulong)trial);
            var data = closed[StoreFiles.Data];
            data[dice.Below(data.Length)] ^= (byte)(1 << dice.Below(8));
            home.Disk = SimulatedDisk.Of((StoreFiles.Log, closed[StoreFiles.Log]), (StoreFiles.Data, data));

            await NeverWrongAsync();
        }
    }

    private async Task NeverWrongAsync()
    {
        var stored = tokens.Select(t => Expect.Text(t with { Uses = t.MaxUses is null ? 0 : 1, LastUsedAt = t.MaxUses is null ? null : Sample.Start }));
        await using var store = home.NewStore();
        try
        {
            await store.OpenAsync(CancellationToken.None);
            foreach (var client in image.Clients)
            {
                var found = await store.FindAsync(client.Id);
                Assert.True(found is null || Expect.Text(found) == Expect.Text(client));
            }

            Assert.All(await store.AllAsync(), c => Expect.Whole(c.Id, c));
            Assert.All(await store.TokensAsync(), t => Assert.Contains(Expect.Text(t), stored));
            await store.AuditAsync();
        }
        catch (StorageException e)
        {
            Assert.Equal(StorageFailure.Corrupt, e.Failure);
        }
    }

    private async Task RefusedAsync(SimulatedDisk disk, string? advice)
    {
        home.Disk = disk;
        var before = disk.Copy();
        await using var store = home.NewStore();

        var e = await Assert.ThrowsAsync<StorageException>(() => store.OpenAsync(CancellationToken.None).AsTask());

        Assert.Equal(StorageFailure.Corrupt, e.Failure);
        Assert.Contains(advice ?? "", e.Message, StringComparison.Ordinal);
        Assert.Contains("clients.", e.Message, StringComparison.Ordinal);
        Assert.Equal(before.Contents, disk.Contents);
    }

    /// <summary>The store of <see cref="image"/>, with tokens too, after an orderly end.</summary>
    private async Task<SimulatedDisk> ClosedAsync()
    {
        home.Disk = image.Damaged();
        await using (var store = await home.OpenAsync())
        {
            await Task.WhenAll(tokens.Select(t => store.AddTokenAsync(t).AsTask()));
            await store.AddAsync(Sample.NewClient(), new Spending(tokens[1].Id, statement));
            await store.SetSwitchAsync(new RegistrationSwitch(true));
        }

        return home.Disk;
    }

    private static byte[] EmptyLog() => [.. new WalHeader(new Guid(1, 2, 3, new byte[8]), 5).ToBytes(), .. new byte[64 * 1024]];

    private static byte[] LiteDbFile(Action<LiteEngine> fill) => DataFile.Rewritten([], fill);
}
