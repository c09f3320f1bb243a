using GrpcDcr.Resilience.Tests.Deployment;
using GrpcDcr.Resilience.Tests.Injected;
using GrpcDcr.TestKit.Running;

[assembly: AssemblyFixture(typeof(SharedCluster))]

namespace GrpcDcr.Resilience.Tests.Deployment;

/// <summary>The cluster that all faults happen to, one after the other: each leaves it whole. Started when the first test needs it.</summary>
public sealed class SharedCluster : IAsyncLifetime
{
    /// <summary>Room for three pools of 20, and little more, so that somebody else can use it up.</summary>
    private const string Connections = "max_connections=70";

    private PostgresServer? database;
    private RedisServer? limits;
    private Cluster? cluster;

    internal async Task<PostgresServer> DatabaseAsync() => database ??= await PostgresServer.StartAsync(Connections);

    internal async Task<RedisServer> LimitsAsync() => limits ??= await RedisServer.StartAsync();

    internal async Task<Cluster> ClusterAsync() => cluster ??= await StartAsync();

    /// <summary>Faults happen to a service that has been running for a while, not to one that compiles itself.</summary>
    private async Task<Cluster> StartAsync()
    {
        cluster = await Cluster.StartAsync(await DatabaseAsync(), await LimitsAsync(), "faults");
        await new Round(cluster, new NoFault(), "warm-up").RunAsync();
        return cluster;
    }

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        if (cluster is not null)
        {
            await cluster.DisposeAsync();
        }

        if (limits is not null)
        {
            await limits.DisposeAsync();
        }

        if (database is not null)
        {
            await database.DisposeAsync();
        }
    }
}
