using GrpcDcr.Resilience.Tests.Deployment;
using GrpcDcr.Resilience.Tests.Injected;
using GrpcDcr.TestKit.Running;

[assembly: AssemblyFixture(typeof(SharedCluster))]

namespace GrpcDcr.Resilience.Tests.Deployment;

/// <summary>
/// The cluster that all faults happen to, one after the other: each leaves it whole. Started when the first test needs it.
/// </summary>
public sealed class SharedCluster : IAsyncLifetime
{
    /// <summary>Room for three pools of 20, and little more, so that somebody else can use it up.</summary>
    private const string Connections = "max_connections=70";

    private PostgresServer? _database;
    private RedisServer? _limits;
    private Cluster? _cluster;

    internal async Task<PostgresServer> DatabaseAsync() => _database ??= await PostgresServer.StartAsync(Connections);

    internal async Task<RedisServer> LimitsAsync() => _limits ??= await RedisServer.StartAsync();

    internal async Task<Cluster> ClusterAsync() => _cluster ??= await StartAsync();

    /// <summary>Faults happen to a service that has been running for a while, not to one that compiles itself.</summary>
    private async Task<Cluster> StartAsync()
    {
        _cluster = await Cluster.StartAsync(await DatabaseAsync(), await LimitsAsync(), "faults");
        await new Round(_cluster, new NoFault(), "warm-up").RunAsync();
        return _cluster;
    }

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        if (_cluster is not null)
        {
            await _cluster.DisposeAsync();
        }

        if (_limits is not null)
        {
            await _limits.DisposeAsync();
        }

        if (_database is not null)
        {
            await _database.DisposeAsync();
        }
    }
}
