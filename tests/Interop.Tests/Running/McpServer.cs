using GrpcDcr.TestKit.Running;

namespace GrpcDcr.Interop.Tests.Running;

/// <summary>A server for MCP that lets nobody in: it sends clients to the service (RFC 9728). Killed when disposed.</summary>
internal sealed class McpServer : IAsyncDisposable
{
    private const string Listening = "Listening: ";
    private static readonly TimeSpan StartTime = TimeSpan.FromSeconds(30);

    private readonly ChildProcess _process;

    private McpServer(ChildProcess process, Uri address) => (_process, Address) = (process, address);

    public Uri Address { get; }

    public static async Task<McpServer> StartAsync(RunningService service)
    {
        var process = await NodeClient.StartAsync(
            ["mcp-server.mjs", service.Server.Issuer], service, new Dictionary<string, string?>(), Listening);
        try
        {
            var line = await process.LineWithAsync(Listening, StartTime);
            return new McpServer(process, new Uri(line[Listening.Length..]));
        }
        catch
        {
            await process.DisposeAsync();
            throw;
        }
    }

    public ValueTask DisposeAsync() => _process.DisposeAsync();
}
