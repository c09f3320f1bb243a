using GrpcDcr.Resilience.Tests.Load;

namespace GrpcDcr.Resilience.Tests.Injected;

/// <summary>The proxies reset connections: within the request, before the answer, within it.</summary>
internal sealed class CutConnections : IFault
{
    private const double Seconds = 1.5;

    public string Name => "connections are cut";

    public FailureKind? Worst => FailureKind.Broken;

    public async Task InjectAsync(FaultScene scene)
    {
        scene.Cluster.Public.Cutting = scene.Cluster.Admin.Cutting = true;
        await FaultScene.WaitAsync(Seconds);
        scene.Cluster.Public.Cutting = scene.Cluster.Admin.Cutting = false;
    }
}
