using GrpcDcr.Server.Storage;
using GrpcDcr.Server.Storage.LiteDb.Files;
using GrpcDcr.TestKit;
using GrpcDcr.TestKit.Samples;

namespace GrpcDcr.Storage.Tests.LiteDb;

/// <summary>
/// A sync fails, the process starts again and reads from the file cache what never reached the disk, goes on, and then the power goes.
/// </summary>
public sealed class FailedSyncTests : IAsyncLifetime
{
    private const int FaultsOfADisk = 4;

    private static readonly int Disks = Repetitions.Of("DISK_ROUNDS", inEveryRun: 8);

    private readonly SimulatedHome _home = new();

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public ValueTask DisposeAsync() => _home.DisposeAsync();

    [Theory]
    [InlineData("clients.1.journal")]
    [InlineData("clients.2.journal")]
    [InlineData(StoreFiles.Log)]
    [InlineData(StoreFiles.Data)]
    [InlineData(null)]
    public async Task What_is_acknowledged_after_a_failed_sync_and_a_start_survives_a_power_loss(string? file)
    {
        for (var disk = 0; disk < Disks; disk++)
        {
            var dice = new Dice((ulong)disk);
            var witness = new Witness(dice);
            _home.Disk = new SimulatedDisk();
            await (await _home.OpenAsync()).DisposeAsync();
            for (var fault = 0; fault < FaultsOfADisk; fault++)
            {
                await ChangeUntilASyncFailsAsync(witness, dice, file);
                await ChangeUntilPowerIsLostAsync(witness, dice);
                _home.Disk = _home.Disk.AfterPowerLoss(dice);
            }

            await using var store = await _home.OpenAsync();
            await witness.CheckAsync(store);
            Assert.True(witness.Acknowledged > FaultsOfADisk);
        }
    }

    /// <summary>The fault may meet the opening, a change, a checkpoint or the closing, or come too late for any of them.</summary>
    private async Task ChangeUntilASyncFailsAsync(Witness witness, Dice dice, string? file)
    {
        var left = dice.Below(file == StoreFiles.Data ? 3 : 12);
        _home.Disk.Before = (name, act) =>
        {
            if (act == DiskAct.Sync && (file ?? name) == name && Interlocked.Decrement(ref left) == -1)
            {
                throw new IOException("Input/output error");
            }
        };
        try
        {
            await using var store = await _home.OpenAsync();
            await ChangeAsync(witness, store, dice);
        }
        catch (StorageException)
        {
            Assert.True(left < 0);
        }

        _home.Disk.Before = null;
    }

    private async Task ChangeUntilPowerIsLostAsync(Witness witness, Dice dice)
    {
        var store = await _home.OpenAsync();
        await using (store)
        {
            await witness.CheckAsync(store);
            var (disk, left) = (_home.Disk, 1 + dice.Below(40));
            disk.Before = (_, act) =>
            {
                if (act != DiskAct.Read && Interlocked.Decrement(ref left) < 0)
                {
                    disk.CutPower();
                }
            };
            await ChangeAsync(witness, store, dice);
            disk.CutPower();
        }
    }

    private Task ChangeAsync(Witness witness, IRegistrationStore store, Dice dice)
    {
        return Task.WhenAll(Enumerable.Range(0, 3).Select(i => witness.ChangeAsync(store, 40, i == 0 ? Idle : null)));

        void Idle()
        {
            if (dice.OneIn(8))
            {
                _home.LetIdle();
            }
        }
    }
}
