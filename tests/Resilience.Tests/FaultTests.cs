using GrpcDcr.Resilience.Tests.Deployment;
using GrpcDcr.Resilience.Tests.Injected;
using GrpcDcr.TestKit;

namespace GrpcDcr.Resilience.Tests;

/// <summary>
/// Things go wrong under load: what was acknowledged is there once, nothing is half there, nothing is older than allowed, and service
/// returns by itself. In every run one fault of each kind happens once; where <c>FAULT_ROUNDS</c> is set, all of them happen so many times.
/// </summary>
public sealed class FaultTests(SharedCluster shared, ITestOutputHelper log)
{
    private static readonly IFault[] OneOfEachKind =
    [
        new KillInstance(), new PauseInstance(), new CutConnections(), new CutDatabase(), new StopLimits(),
        new RestartDatabase("immediate"),
    ];

    private static readonly IFault[] Further =
        [new SkewClock(), new PauseLimits(), new RestartDatabase("fast"), new FillConnections(), new StopDatabase()];

    private static readonly int? Asked = Repetitions.Asked("FAULT_ROUNDS");
    private static readonly IFault[] Faults = Asked is null ? OneOfEachKind : [.. OneOfEachKind, .. Further];

    public static TheoryData<string> Names => [.. Faults.Select(fault => fault.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Nothing_is_lost_doubled_halved_or_stale_and_service_returns_when(string fault)
    {
        var index = Array.FindIndex(Faults, one => one.Name == fault);
        for (var round = 1; round <= (Asked ?? 1); round++)
        {
            log.WriteLine(await new Round(await shared.ClusterAsync(), Faults[index], $"{index}-{round}").RunAsync());
        }
    }
}
