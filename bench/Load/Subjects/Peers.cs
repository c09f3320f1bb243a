using System.Globalization;
using System.Net;
using GrpcDcr.TestKit.Running;

namespace GrpcDcr.Bench.Load.Subjects;

/// <summary>
/// Registration endpoints of others, on Node: `oidc-provider` and the MCP TypeScript SDK, each with its clients in memory. They get the
/// body that the service gets.
/// </summary>
internal sealed class Peers : IDisposable
{
    private static readonly (string Name, string Script, string Path)[] All =
    [
        ("oidc-provider, in memory", "oidc-provider.mjs", "/reg"),
        ("MCP TypeScript SDK, in memory", "mcp-sdk.mjs", "/register"),
    ];

    private readonly List<PinnedProcess> _processes = [];
    private readonly List<Contender> _contenders = [];

    private Peers()
    {
    }

    /// <summary>Empty where Node or the packages are not there.</summary>
    public IReadOnlyList<Contender> Contenders => _contenders;

    public static async Task<Peers> StartAsync(Workbench bench)
    {
        var peers = new Peers();
        if (!System.IO.Directory.Exists(Path.Combine(bench.PeersFolder, "node_modules")))
        {
            return peers;
        }

        foreach (var (name, script, path) in All)
        {
            await peers.StartAsync(bench, name, script, path);
        }

        return peers;
    }

    public void Dispose() => _processes.ForEach(process => process.Dispose());

    private async Task StartAsync(Workbench bench, string name, string script, string path)
    {
        var port = FreePort.Next();
        var settings = new Dictionary<string, string>
        {
            ["PORT"] = port.ToString(CultureInfo.InvariantCulture),
            ["NODE_ENV"] = "production",
        };
        var process = await PinnedProcess.StartAsync(
            "node", Path.Combine(bench.PeersFolder, script), bench.ServerCore, settings, [port], bench.LogOf(script));
        _processes.Add(process);
        var endpoint = new IPEndPoint(IPAddress.Loopback, port);
        _contenders.Add(new Contender(
            name, process, concurrency => Connections.Http(endpoint, RegistrationRequest.OverHttp(endpoint, path), concurrency)));
    }
}
