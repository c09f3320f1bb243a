using System.Globalization;
using GrpcDcr.Resilience.Tests.Deployment;
using GrpcDcr.Resilience.Tests.Injected;

namespace GrpcDcr.Resilience.Tests;

/// <summary>
/// Things go wrong under load: what was acknowledged is there once, nothing is half there, nothing is older than allowed, and service returns
/// by itself. Each fault happens <c>FAULT_ROUNDS</c> times, by default once.
/// </summary>
public sealed class FaultTests(SharedCluster shared, ITestOutputHelper log)
{
    private static readonly IFault[] Faults =
    [
        new KillInstance(),
        new PauseInstance(),
        new SkewClock(),
        new CutConnections(),
        new CutDatabase(),
        new StopLimits(),
        new PauseLimits(),
        new RestartDatabase("fast"),
        new RestartDatabase("immediate"),
        new FillConnections(),
        new StopDatabase(),
    ];

    public static TheoryData<string> Names => [.. Faults.Select(fault => fault.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Nothing_is_lost_doubled_halved_or_stale_and_service_returns_when(string fault)
    {
        var index = Array.FindIndex(Faults, one => one.Name == fault);
        for (var round = 1; round <= Rounds; round++)
        {
            log.WriteLine(await new Round(await shared.ClusterAsync(), Faults[index], $"{index}-{round}").RunAsync());
        }
    }

    private static int Rounds =>
        Environment.GetEnvironmentVariable("FAULT_ROUNDS") is { Length: > 0 } rounds ? int.Parse(rounds, CultureInfo.InvariantCulture) : 1;
}
