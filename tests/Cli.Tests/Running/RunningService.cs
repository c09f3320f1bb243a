using System.Net.Http.Json;
using System.Text.Json;
using GrpcDcr.TestKit.Running;

namespace GrpcDcr.Cli.Tests.Running;

/// <summary>One server for the tests of a class, with an administrator who has logged in.</summary>
public sealed class RunningService : IAsyncLifetime
{
    private readonly DataFolder _folder = new();
    private ServerProcess? _server;

    internal ServerProcess Server => _server!;

    internal Workplace Admin { get; } = new();

    public async ValueTask InitializeAsync()
    {
        _server = await ServerProcess.StartAsync(
            _folder, "Metadata:AuthorizationEndpoint=https://as.example/authorize", "Metadata:TokenEndpoint=https://as.example/token");
        await Admin.LoginAsync(_server);
    }

    /// <summary>Registers a client, and returns its <c>client_id</c>.</summary>
    public async Task<string> RegisterAsync(string name, string host = "app.example")
    {
        using var answer = await Server.Public.PostAsJsonAsync(
            "/oauth/register", new { client_name = name, redirect_uris = new[] { $"https://{host}/cb" } });
        answer.EnsureSuccessStatusCode();
        return (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("client_id").GetString()!;
    }

    /// <summary>A client as the API has it.</summary>
    public Task<JsonElement> ClientAsync(string id) => Server.Admin.GetFromJsonAsync<JsonElement>($"/admin/v1/clients/{id}");

    public async ValueTask DisposeAsync()
    {
        Admin.Dispose();
        if (_server is { } server)
        {
            await server.DisposeAsync();
        }

        _folder.Dispose();
    }
}
