using GrpcDcr.Faults.Tests.Load;

namespace GrpcDcr.Faults.Tests.Injected;

/// <summary>The proxies reset connections: within the request, before the answer, within it.</summary>
internal sealed class CutConnections : IFault
{
    private const double Seconds = 1.5;

    public string Name => "connections are cut";

    public FailureKind? Worst => FailureKind.Broken;

    public async Task InjectAsync(FaultScene scene)
    {
        scene.Cluster.Public.Cutting = scene.Cluster.Operator.Cutting = true;
        await FaultScene.WaitAsync(Seconds);
        scene.Cluster.Public.Cutting = scene.Cluster.Operator.Cutting = false;
    }
}

/// <summary>
/// The way of one instance to the database breaks, again and again: just when a change was sent, so that its answer is lost, and at any time.
/// </summary>
internal sealed class CutDatabase : IFault
{
    private const int Times = 6;
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(1);

    /// <summary>Octets. Questions are shorter, changes bring records.</summary>
    private const int Change = 700;

    public string Name => "the way to the database is cut";

    public FailureKind? Worst => FailureKind.Refused;

    public async Task InjectAsync(FaultScene scene)
    {
        var way = scene.Cluster.ToDatabase;
        var lost = 0;
        for (var i = 0; i < Times; i++)
        {
            way.LoseAnswerTo(message => message.Length > Change);
            var start = scene.Recorder.Now;
            while (!way.LostAnAnswer && scene.Recorder.Now - start < LongestWait)
            {
                await FaultScene.WaitAsync(0.01);
            }

            lost += way.LostAnAnswer ? 1 : 0;
            way.LoseAnswerTo(_ => false);
            await FaultScene.WaitAsync(0.2);
            way.Cut();
        }

        scene.Log($"{lost} answers to changes were lost");
    }
}
