using System.Buffers.Binary;
using GrpcDcr.Server.Model;
using GrpcDcr.Server.Storage;
using GrpcDcr.Server.Storage.LiteDb.Files;
using GrpcDcr.Server.Storage.LiteDb.Journal;
using GrpcDcr.Server.Storage.LiteDb.PageLog;
using GrpcDcr.Server.Storage.LiteDb.Tables;
using GrpcDcr.Storage.Tests.Samples;
using GrpcDcr.TestKit.Samples;
using LiteDB.Engine;

namespace GrpcDcr.Storage.Tests.LiteDb;

/// <summary>Files that this program must not touch are refused at the start, unchanged, and the message says what to do.</summary>
public sealed class RefusalTests : IAsyncLifetime
{
    private const string Restore = "from the newest backup";
    private const string MoveAway = "another folder";
    private const string NewerProgram = "the version of the service that wrote it";

    private readonly SimulatedHome _home = new();
    private readonly OneTimeUse _statement = Sample.SoftwareStatement("one");
    private readonly List<InitialAccessToken> _tokens = [Sample.NewInitialAccessToken(), Sample.NewInitialAccessToken(maxUses: 3)];
    private LogImage _image = null!;

    public async ValueTask InitializeAsync() => _image = await LogImage.MakeAsync();

    public ValueTask DisposeAsync() => _home.DisposeAsync();

    [Fact]
    public Task A_missing_log() => RefusedAsync(_image.Without(StoreFiles.Log), Restore);

    [Fact]
    public Task A_missing_data_file() => RefusedAsync(_image.Without(StoreFiles.Data), Restore);

    [Fact]
    public async Task A_missing_data_file_after_the_log_has_moved_into_it()
    {
        var closed = await ClosedAsync();

        await RefusedAsync(closed.Without(StoreFiles.Data), Restore);
        await RefusedAsync(closed.Without(StoreFiles.Data).With(StoreFiles.Log, closed[StoreFiles.Log][..LogHeader.Size]), Restore);
    }

    [Fact]
    public Task A_data_file_of_something_else() =>
        RefusedAsync(_image.Damaged(data => [.. "SQLite format 3\0"u8, .. data[16..32], .. new byte[9000]], StoreFiles.Data), MoveAway);

    [Fact]
    public Task An_empty_data_file() => RefusedAsync(_image.Damaged(_ => [], StoreFiles.Data), MoveAway);

    [Fact]
    public async Task A_log_or_journal_of_something_else()
    {
        await RefusedAsync(_image.Damaged(_ => new byte[100_000], StoreFiles.Log), Restore);
        await RefusedAsync(_image.Damaged(_ => new byte[100_000]), Restore);
    }

    [Fact]
    public Task A_LiteDB_file_that_this_service_did_not_make() => RefusedAsync(
        SimulatedDisk.Of(
            (StoreFiles.Log, EmptyLog(WalFile.Kind)), (StoreFiles.Data, LiteDbFile(e => e.Pragma("USER_VERSION", 3)))), MoveAway);

    [Fact]
    public async Task A_log_of_another_store()
    {
        var other = (await LogImage.MakeAsync()).Damaged();
        var closed = await ClosedAsync();

        await RefusedAsync(closed.With(StoreFiles.Log, EmptyLog(WalFile.Kind)), MoveAway);
        await RefusedAsync(closed.With(StoreFiles.Log, other[StoreFiles.Log]), null);
    }

    [Fact]
    public async Task A_journal_of_another_store()
    {
        var other = (await LogImage.MakeAsync()).Damaged();
        var closed = await ClosedAsync();

        foreach (var name in StoreFiles.Journal)
        {
            await RefusedAsync(closed.With(name, EmptyLog(JournalSegment.Kind)), MoveAway);
            await RefusedAsync(closed.With(name, other[name]), MoveAway);
        }
    }

    [Fact]
    public async Task A_newer_log_or_journal()
    {
        await RefusedAsync(_image.Damaged(Newer, StoreFiles.Log), NewerProgram);
        await RefusedAsync(_image.Damaged(Newer), NewerProgram);

        static byte[] Newer(byte[] log)
        {
            BinaryPrimitives.WriteInt32LittleEndian(log.AsSpan(8), 2);
            return log;
        }
    }

    [Fact]
    public async Task A_newer_layout()
    {
        var closed = await ClosedAsync();
        var id = LogHeader.Read(closed.Open(StoreFiles.Log)!, WalFile.Kind, StoreFiles.Log).StoreId;

        var newer = DataFile.Rewritten(closed[StoreFiles.Data], e => new StoreMarker(id, StoreMarker.CurrentSchema + 1).Write(e));

        await RefusedAsync(closed.With(StoreFiles.Data, newer), NewerProgram);
    }

    [Fact]
    public async Task A_store_that_LiteDB_would_write_by_itself()
    {
        var closed = await ClosedAsync();

        var changed = DataFile.Rewritten(closed[StoreFiles.Data], e => e.Pragma("CHECKPOINT", 1000));

        await RefusedAsync(closed.With(StoreFiles.Data, changed), MoveAway);
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
            _home.Disk = closed.With(StoreFiles.Data, data);

            await NeverWrongAsync();
        }
    }

    private async Task NeverWrongAsync()
    {
        var stored = _tokens.Select(
            t => Expect.Text(t with { Uses = t.MaxUses is null ? 0 : 1, LastUsedAt = t.MaxUses is null ? null : Sample.Start }));
        await using var store = _home.NewStore();
        try
        {
            await store.OpenAsync(CancellationToken.None);
            foreach (var client in _image.Clients)
            {
                var found = await store.FindAsync(client.Id);
                Assert.True(found is null || Expect.Text(found) == Expect.Text(client));
            }

            Assert.All(await store.AllAsync(), c => Expect.Whole(c.Id, c));
            Assert.All(await store.InitialAccessTokensAsync(), t => Assert.Contains(Expect.Text(t), stored));
            await store.AuditAsync();
        }
        catch (StorageException e)
        {
            Assert.Equal(StorageFailure.Corrupt, e.Failure);
        }
    }

    private async Task RefusedAsync(SimulatedDisk disk, string? advice)
    {
        _home.Disk = disk;
        var before = disk.Copy();
        await using var store = _home.NewStore();

        var e = await Assert.ThrowsAsync<StorageException>(() => store.OpenAsync(CancellationToken.None).AsTask());

        Assert.Equal(StorageFailure.Corrupt, e.Failure);
        Assert.Contains(advice ?? "", e.Message, StringComparison.Ordinal);
        Assert.Contains("clients.", e.Message, StringComparison.Ordinal);
        Assert.All(before.Contents, file => Assert.True(file.Value.AsSpan().SequenceEqual(disk[file.Key]), file.Key));
    }

    /// <summary>The store of <see cref="_image"/>, with tokens too, after an orderly end.</summary>
    private async Task<SimulatedDisk> ClosedAsync()
    {
        _home.Disk = _image.Damaged();
        await using (var store = await _home.OpenAsync())
        {
            await Task.WhenAll(_tokens.Select(t => store.AddInitialAccessTokenAsync(t).AsTask()));
            await store.AddAsync(Sample.NewClient(), new ConsumedCredentials(_tokens[1].Id, _statement));
            await store.SetRegistrationStatusAsync(new RegistrationStatus(true));
        }

        return _home.Disk;
    }

    private static byte[] EmptyLog(LogKind kind) =>
        [.. new LogHeader(new Guid(1, 2, 3, new byte[8]), 5).ToBytes(kind), .. new byte[64 * 1024]];

    private static byte[] LiteDbFile(Action<LiteEngine> fill) => DataFile.Rewritten([], fill);
}
