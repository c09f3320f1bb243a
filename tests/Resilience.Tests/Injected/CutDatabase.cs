using GrpcDcr.Resilience.Tests.Load;

namespace GrpcDcr.Resilience.Tests.Injected;

/// <summary>
/// The way of one instance to the database breaks, again and again, just when a change was sent, so that its answer is lost; then it is
/// gone for longer than memory counts, while the others go on.
/// </summary>
internal sealed class CutDatabase : IFault
{
    private const int Times = 6;
    private const double SecondsGone = 2.5;
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
        way.Refusing = true;
        way.Cut();
        await FaultScene.WaitAsync(SecondsGone);
        way.Refusing = false;
    }
}
