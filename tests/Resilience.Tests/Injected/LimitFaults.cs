using GrpcDcr.Resilience.Tests.Load;

namespace GrpcDcr.Resilience.Tests.Injected;

/// <summary>Redis dies, and comes back empty. No caller hears of it.</summary>
internal sealed class StopLimits : IFault
{
    private const double Seconds = 1.5;

    public string Name => "Redis is away";

    public FailureKind? Worst => null;

    public async Task InjectAsync(FaultScene scene)
    {
        await scene.Cluster.Limits.StopAsync();
        try
        {
            await FaultScene.WaitAsync(Seconds);
        }
        finally
        {
            await scene.Cluster.Limits.StartAgainAsync();
        }
    }
}

/// <summary>Redis stays connected and does not answer. No caller hears of it.</summary>
internal sealed class PauseLimits : IFault
{
    private const double Seconds = 1.5;

    public string Name => "Redis hangs";

    public FailureKind? Worst => null;

    public async Task InjectAsync(FaultScene scene)
    {
        await scene.Cluster.Limits.PauseAsync();
        try
        {
            await FaultScene.WaitAsync(Seconds);
        }
        finally
        {
            await scene.Cluster.Limits.ResumeAsync();
        }
    }
}
