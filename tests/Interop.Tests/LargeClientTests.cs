using System.Text.Json;
using GrpcDcr.Interop.Tests.Running;
using GrpcDcr.TestKit;
using GrpcDcr.TestKit.Running;

namespace GrpcDcr.Interop.Tests;

/// <summary>
/// Programs whose packages are too large for every test run: 800 MB together. <c>eng/large-clients</c> installs them and runs these tests;
/// other runs leave them out.
/// </summary>
public sealed class LargeClientTests(RunningService service) : IClassFixture<RunningService>
{
    private static readonly string Programs =
        Path.Combine(Repository.Root, "tests", "Interop.Tests", "node-large", "node_modules");

    private static readonly TimeSpan RunTime = TimeSpan.FromSeconds(120);

    [Fact(Explicit = true)]
    public async Task Codex_registers_and_sends_its_user_to_the_authorization_server()
    {
        await using var server = await McpServer.StartAsync(service);
        using var folder = new DataFolder();
        await File.WriteAllTextAsync(
            Path.Combine(folder.Path, "config.toml"), $"[mcp_servers.example]\nurl = \"{server.Address}\"\n");
        await using var codex = Start(
            "@openai/codex-linux-x64/vendor/x86_64-unknown-linux-musl/bin/codex",
            ["mcp", "login", "--no-browser", "--oauth-client-registration", "dcr", "example"],
            new()
            {
                ["CODEX_HOME"] = folder.Path,
                ["CODEX_CA_CERTIFICATE"] = service.Certificate.CertificateFile,
            });

        var client = await AssertSendsItsUserAsync(codex);

        Assert.Equal("Codex", client.GetProperty("metadata").GetProperty("client_name").GetString());
    }

    [Fact(Explicit = true)]
    public async Task OpenCode_registers_and_sends_its_user_to_the_authorization_server()
    {
        await using var server = await McpServer.StartAsync(service);
        using var folder = new DataFolder();
        var configuration = new { mcp = new { example = new { type = "remote", url = server.Address } } };
        await File.WriteAllTextAsync(Path.Combine(folder.Path, "opencode.json"), JsonSerializer.Serialize(configuration));
        await using var openCode = Start(
            "opencode-linux-x64-baseline/bin/opencode",
            ["mcp", "auth", "example", "--print-logs"],
            new()
            {
                ["OPENCODE_CONFIG"] = Path.Combine(folder.Path, "opencode.json"),
                ["HOME"] = folder.Path,
                ["NODE_EXTRA_CA_CERTS"] = service.Certificate.CertificateFile,
                ["BROWSER"] = "true",
                ["DISPLAY"] = null,
                ["WAYLAND_DISPLAY"] = null,
            });

        var client = await AssertSendsItsUserAsync(openCode);

        Assert.Equal("OpenCode", client.GetProperty("metadata").GetProperty("client_name").GetString());
    }

    private static ChildProcess Start(string program, string[] arguments, Dictionary<string, string?> environment)
    {
        var path = Path.Combine(Programs, program);
        return File.Exists(path)
            ? ChildProcess.Start(path, arguments, Programs, environment, AuthorizationRequest.Endpoint)
            : throw Required.Missing($"Large clients are not tested: there is no {path}. Run eng/large-clients.");
    }

    private async Task<JsonElement> AssertSendsItsUserAsync(ChildProcess program)
    {
        var line = await program.LineWithAsync(AuthorizationRequest.Endpoint, RunTime);
        var request = new Uri(line[line.IndexOf(AuthorizationRequest.Endpoint, StringComparison.Ordinal)..].Trim());
        return await AuthorizationRequest.AssertRegisteredAsync(service.Server, request);
    }
}
