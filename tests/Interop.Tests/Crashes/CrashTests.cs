using GrpcDcr.TestKit;
using GrpcDcr.TestKit.Running;

namespace GrpcDcr.Interop.Tests.Crashes;

/// <summary>
/// <c>kill -9</c> of the real process under concurrent registrations, again and again on one folder: <c>CRASH_ROUNDS</c> times.
/// </summary>
public sealed class CrashTests(ITestOutputHelper log)
{
    /// <summary>Every so many rounds the server is killed once more, while it comes up from the crash before.</summary>
    private const int KilledAtStartOneIn = 3;

    /// <summary>Clients of each round whose secret is used after the restart.</summary>
    private const int Sample = 4;

    private static readonly int Rounds = Repetitions.Of("CRASH_ROUNDS", inEveryRun: 6);

    [Fact]
    public async Task Nothing_acknowledged_is_lost_and_nothing_is_half_written()
    {
        using var folder = new DataFolder();
        var ledger = new Ledger();
        var known = new StoreSnapshot(new Dictionary<string, Admin.V1.Client>(), []);
        IReadOnlyList<string> latest = [];
        for (var round = 1; round <= Rounds; round++)
        {
            if (round % KilledAtStartOneIn == 0)
            {
                await KillAtStartAsync(folder);
            }

            await using var server = await ServerProcess.StartAsync(folder);
            known = await CheckAsync(server, ledger, known, latest);
            latest = await new RegistrationLoad(server, ledger, round).RunUntilKilledAsync(AcknowledgementsOf(round));
            Assert.Empty(ledger.Surprises);
        }

        await using var last = await ServerProcess.StartAsync(folder);
        known = await CheckAsync(last, ledger, known, latest);
        await AfterCrash.AssertUsableAsync(last, ledger, ledger.Approved.Keys);
        log.WriteLine(
            $"{Rounds} rounds, {ledger.Clients.Count} registrations and {ledger.Approved.Count} approvals acknowledged; "
            + $"{known.Clients.Count} clients and {known.Events.Count} audit events found.");
    }

    private static async Task<StoreSnapshot> CheckAsync(
        ServerProcess server, Ledger ledger, StoreSnapshot before, IReadOnlyList<string> latest)
    {
        var now = await StoreSnapshot.ReadAsync(server);
        AfterCrash.AssertNothingLost(ledger, now);
        AfterCrash.AssertNothingHalfWritten(now);
        AfterCrash.AssertAuditIsWhole(before, now);
        await AfterCrash.AssertUsableAsync(server, ledger, latest.Take(Sample));
        return now;
    }

    /// <summary>Early and late kills, the same in every run.</summary>
    private static int AcknowledgementsOf(int round) => 1 + (round * 67 % 240);

    private static async Task KillAtStartAsync(DataFolder folder)
    {
        await using var process = ServerProcess.Launch(folder);
        await process.LineWithAsync(ServerProcess.StoreIsOpen, TimeSpan.FromSeconds(60));
        await process.KillAsync();
    }
}
