using GrpcDcr.TestKit.Samples;
using GrpcDcr.TestKit.Service;

namespace GrpcDcr.Conformance.Tests.Support;

/// <summary>One server for each deployment that a class of tests asks for.</summary>
public sealed class DeploymentServers : IAsyncDisposable
{
    private readonly Dictionary<string, RunningServer> _servers = new(StringComparer.Ordinal);

    /// <param name="name">One of <see cref="Deployments"/>.</param>
    public async Task<RunningServer> OfAsync(string name)
    {
        if (!_servers.TryGetValue(name, out var server))
        {
            _servers[name] = server = await RunningServer.StartAsync(Deployments.Named(name));
        }

        return server;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var server in _servers.Values)
        {
            await server.DisposeAsync();
        }
    }
}
