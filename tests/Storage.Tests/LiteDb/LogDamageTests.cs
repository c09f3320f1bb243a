using GrpcDcr.Server.Storage;
using GrpcDcr.Server.Storage.LiteDb.Files;
using GrpcDcr.Storage.Tests.Samples;
using GrpcDcr.TestKit.Samples;

namespace GrpcDcr.Storage.Tests.LiteDb;

/// <summary>
/// Damage to the newest entry of the journal is what a power loss leaves, and it is dropped. Any other is damage to what was acknowledged,
/// and the store does not start.
/// </summary>
public sealed class LogDamageTests : IAsyncLifetime
{
    private const int Trials = 60;

    private readonly SimulatedHome _home = new();
    private LogImage _image = null!;

    public async ValueTask InitializeAsync() => _image = await LogImage.MakeAsync();

    public ValueTask DisposeAsync() => _home.DisposeAsync();

    [Fact]
    public async Task An_undamaged_journal_of_a_killed_process_has_every_client()
    {
        _home.Disk = _image.Damaged();
        await using var store = await _home.OpenAsync();

        Expect.Same(_image.Clients, await store.AllAsync());
    }

    [Fact]
    public async Task A_newest_entry_that_is_damaged_anywhere_is_left_out_whole()
    {
        for (var trial = 0; trial < Trials; trial++)
        {
            var dice = new Dice((ulong)trial);
            _home.Disk = _image.Damaged(log => Damage(log, dice, _image.NewestEntry, _image.End, mayCut: true));

            await using (var store = await _home.OpenAsync())
            {
                Expect.Same(_image.Clients.SkipLast(1), await store.AllAsync());
                Assert.Equal(_image.Clients.Count - 1, (await store.AuditAsync()).Count);
                await store.AddAsync(_image.Clients[^1]);
            }

            await using var again = await _home.OpenAsync();
            Expect.Same(_image.Clients, await again.AllAsync());
        }
    }

    [Fact]
    public async Task Anything_behind_the_last_entry_is_passed_over()
    {
        for (var trial = 0; trial < 10; trial++)
        {
            var dice = new Dice((ulong)trial);
            _home.Disk = _image.Damaged(log =>
            {
                dice.Bytes(64 * 1024).CopyTo(log, _image.End);
                return log;
            });

            await using var store = await _home.OpenAsync();
            Expect.Same(_image.Clients, await store.AllAsync());
        }
    }

    [Fact]
    public async Task Damage_before_the_newest_entry_keeps_the_store_from_starting()
    {
        for (var trial = 0; trial < Trials; trial++)
        {
            var dice = new Dice((ulong)trial);
            await RefusedAsync(_image.Damaged(log => Damage(log, dice, LogHeader.Size, _image.NewestEntry, mayCut: false)));
        }
    }

    [Fact]
    public async Task Damage_to_the_header_keeps_the_store_from_starting()
    {
        for (var bit = 0; bit < 40 * 8; bit += 7)
        {
            await RefusedAsync(_image.Damaged(log => Flip(log, bit)));
        }
    }

    [Fact]
    public async Task Entries_missing_from_the_middle_keep_the_store_from_starting()
    {
        var half = _image.NewestEntry / 2 / 4096 * 4096;
        await RefusedAsync(_image.Damaged(log =>
        {
            log.AsSpan(half, _image.NewestEntry - half).Clear();
            return log;
        }));
    }

    [Fact]
    public async Task A_journal_that_is_not_there_keeps_the_store_from_starting()
    {
        foreach (var name in StoreFiles.Journal)
        {
            await RefusedAsync(_image.Without(name), name);
        }
    }

    private async Task RefusedAsync(SimulatedDisk disk, string? about = null)
    {
        _home.Disk = disk;
        var before = disk.Contents;
        await using var store = _home.NewStore();

        var e = await Assert.ThrowsAsync<StorageException>(() => store.OpenAsync(CancellationToken.None).AsTask());

        Assert.Equal(StorageFailure.Corrupt, e.Failure);
        Assert.Contains(about ?? LogImage.Name, e.Message, StringComparison.Ordinal);
        Assert.All(before, file => Assert.True(file.Value.AsSpan().SequenceEqual(disk[file.Key]), file.Key));
    }

    /// <summary>A flipped bit, a block of garbage, or the end of the file, somewhere in a range.</summary>
    private static byte[] Damage(byte[] log, Dice dice, int start, int end, bool mayCut)
    {
        var at = start + dice.Below(end - start);
        switch (dice.Below(mayCut ? 3 : 2))
        {
            case 0:
                return Flip(log, ((long)at * 8) + dice.Below(8));
            case 1:
                dice.Bytes(Math.Min(4096, end - at)).CopyTo(log, at);
                return log;
            default:
                return log[..at];
        }
    }

    private static byte[] Flip(byte[] bytes, long bit)
    {
        bytes[bit / 8] ^= (byte)(1 << (int)(bit % 8));
        return bytes;
    }
}
