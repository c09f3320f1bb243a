using System.Text.Json;
using GrpcDcr.Interop.Tests.Running;
using GrpcDcr.TestKit.Running;

namespace GrpcDcr.Interop.Tests;

/// <summary>mcp-remote, the program that brings hosts without OAuth to remote MCP servers.</summary>
public sealed class McpRemoteTests(RunningService service) : IClassFixture<RunningService>
{
    private static readonly TimeSpan RunTime = TimeSpan.FromSeconds(60);

    [Fact]
    public async Task Registers_and_sends_its_user_to_the_authorization_server()
    {
        await using var server = await McpServer.StartAsync(service);
        using var folder = new DataFolder();
        await using var remote = await StartAsync(server, folder);

        var request = new Uri(await remote.LineWithAsync(AuthorizationRequest.Endpoint, RunTime));

        var client = await AuthorizationRequest.AssertRegisteredAsync(service.Server, request);
        var kept = await RegistrationInAsync(folder);
        RegisteredDocument.AssertUsable(kept, "none");
        Assert.Equal(client.GetProperty("client_id").GetString(), kept.GetProperty("client_id").GetString());
        Assert.Equal("MCP CLI Proxy", client.GetProperty("metadata").GetProperty("client_name").GetString());
    }

    /// <summary>No browser is opened where there is a screen.</summary>
    private Task<ChildProcess> StartAsync(McpServer server, DataFolder folder) => NodeClient.StartAsync(
        ["node_modules/mcp-remote/dist/proxy.js", $"{server.Address}"],
        service,
        new()
        {
            ["MCP_REMOTE_CONFIG_DIR"] = folder.Path,
            ["BROWSER"] = "true",
            ["DISPLAY"] = null,
            ["WAYLAND_DISPLAY"] = null,
            ["XDG_CURRENT_DESKTOP"] = null,
        },
        AuthorizationRequest.Endpoint);

    private static async Task<JsonElement> RegistrationInAsync(DataFolder folder)
    {
        var file = Assert.Single(System.IO.Directory.GetFiles(folder.Path, "*_client_info.json", SearchOption.AllDirectories));
        using var kept = JsonDocument.Parse(await File.ReadAllTextAsync(file));
        return kept.RootElement.Clone();
    }
}
