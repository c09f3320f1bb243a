using GrpcDcr.Server.Storage;
using GrpcDcr.Storage.Tests.Samples;
using GrpcDcr.TestKit;
using GrpcDcr.TestKit.Samples;

namespace GrpcDcr.Storage.Tests.LiteDb;

/// <summary>
/// The power goes at any write or sync, while the store opens, commits or makes a checkpoint, again and again on the same disk.
/// Whatever was acknowledged is there.
/// </summary>
public sealed class PowerLossTests : IAsyncLifetime
{
    private const int LossesOfADisk = 12;
    private const int MostActs = 60;
    private const int Page = 4096;
    private const int Sector = 512;

    /// <summary>For each kind of load.</summary>
    private static readonly int Disks = Repetitions.Of("DISK_ROUNDS", inEveryRun: 2);

    private readonly SimulatedHome _home = new();

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public ValueTask DisposeAsync() => _home.DisposeAsync();

    /// <summary>108 losses for each disk, a third of them with pages torn between sectors.</summary>
    [Theory]
    [InlineData(1, false, Page)]
    [InlineData(1, true, Page)]
    [InlineData(1, true, Sector)]
    [InlineData(6, false, Page)]
    [InlineData(6, true, Page)]
    [InlineData(6, false, Sector)]
    [InlineData(40, false, Page)]
    [InlineData(40, true, Page)]
    [InlineData(40, true, Sector)]
    public Task Nothing_acknowledged_is_lost_and_nothing_is_half_there(int inFlight, bool callerHasContext, int blockSize) =>
        CallerContext.RunAsync(callerHasContext, async () =>
        {
            var acknowledged = 0;
            for (var disk = 0; disk < Disks; disk++)
            {
                var dice = new Dice((ulong)((inFlight * 1000) + blockSize + disk));
                acknowledged += await LoseAgainAndAgainAsync(dice, inFlight, blockSize);
            }

            Assert.True(acknowledged > Disks * LossesOfADisk);
        });

    private async Task<int> LoseAgainAndAgainAsync(Dice dice, int inFlight, int blockSize)
    {
        var witness = new Witness(dice);
        _home.Disk = new SimulatedDisk();
        for (var loss = 0; loss < LossesOfADisk; loss++)
        {
            await ChangeUntilPowerIsLostAsync(witness, dice, inFlight);
            var found = _home.Disk.AfterPowerLoss(dice, blockSize);
            _home.Disk = found.Copy();
            await CheckAsync(witness);
            _home.Disk = found;
        }

        return witness.Acknowledged;
    }

    /// <summary>The store also goes on as if nothing had been: forty more clients, a checkpoint, another opening.</summary>
    private async Task CheckAsync(Witness witness)
    {
        await using (var store = await _home.OpenAsync())
        {
            await witness.CheckAsync(store);
            await Task.WhenAll(Enumerable.Range(0, 40).Select(_ => store.AddAsync(Sample.NewClient()).AsTask()));
        }

        await using var again = await _home.OpenAsync();
        Assert.Equal(40, (await again.AllAsync()).Count - witness.Clients);
        await witness.RetryLostAsync(again);
    }

    private async Task ChangeUntilPowerIsLostAsync(Witness witness, Dice dice, int inFlight)
    {
        var disk = _home.Disk;
        var acts = dice.Below(MostActs);
        disk.Before = (_, act) =>
        {
            if (act != DiskAct.Read && Interlocked.Decrement(ref acts) < 0)
            {
                disk.CutPower();
            }
        };
        await using var store = _home.NewStore();
        try
        {
            await store.OpenAsync(CancellationToken.None);
        }
        catch (StorageException)
        {
            Assert.True(disk.PowerIsOff);
            return;
        }

        await Task.WhenAll(Enumerable.Range(0, inFlight).Select(i => witness.ChangeAsync(store, 1000, i == 0 ? Idle : null)));
        Assert.True(disk.PowerIsOff);

        void Idle()
        {
            if (dice.OneIn(5))
            {
                _home.LetIdle();
            }
        }
    }
}
