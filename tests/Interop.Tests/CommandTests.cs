using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using GrpcDcr.TestKit.Running;

namespace GrpcDcr.Interop.Tests;

/// <summary>What the program does instead of serving: <c>migrate</c>, <c>export</c>, <c>import</c>.</summary>
public sealed class CommandTests
{
    private static readonly TimeSpan CommandTime = TimeSpan.FromSeconds(60);

    [Fact]
    public async Task A_deployment_moves_to_PostgreSQL_and_back_and_its_clients_notice_nothing()
    {
        await using var postgres = await PostgresServer.StartAsync("fsync=off");
        using var folder = new DataFolder();
        using var back = new DataFolder();
        JsonElement client;
        await using (var embedded = await ServerProcess.StartAsync(folder))
        {
            client = await RegisterAsync(embedded);
        }

        string[] moved =
        [
            "Storage:Engine=Postgres", $"Storage:Postgres:ConnectionString={postgres.ConnectionString}",
            $"Operator:Token={(await File.ReadAllTextAsync(folder.OperatorTokenFile)).Trim()}",
            $"Directory:Token={(await File.ReadAllTextAsync(folder.DirectoryTokenFile)).Trim()}",
        ];
        Assert.Contains("Exported 1 audit events, 1 clients", await SucceedAsync(folder, ["export", "there.jsonl"]), StringComparison.Ordinal);
        Assert.Contains("up to date", await SucceedAsync(folder, ["migrate"], moved), StringComparison.Ordinal);
        Assert.Contains("holds the same", await SucceedAsync(folder, ["import", "there.jsonl"], moved), StringComparison.Ordinal);
        await using (var several = await ServerProcess.StartAsync(folder, moved))
        {
            await ReadsItselfAsync(several, client);
            await RegisterAsync(several);
        }

        await SucceedAsync(folder, ["export", "back.jsonl"], moved);
        await SucceedAsync(back, ["import", Path.Combine(folder.Path, "back.jsonl")]);
        await using var again = await ServerProcess.StartAsync(back);
        await ReadsItselfAsync(again, client);
        var listed = await again.Operator.GetFromJsonAsync<JsonElement>("/admin/v1/clients");
        Assert.Equal(2, listed.GetProperty("clients").GetArrayLength());
    }

    [Theory]
    [InlineData("'serve' is no command; allowed are migrate, export FILE, import FILE", "serve")]
    [InlineData("'export' takes the name of one file", "export")]
    [InlineData("'import' takes the name of one file", "import", "a", "b")]
    [InlineData("'migrate' takes no file", "migrate", "a")]
    [InlineData("nowhere.jsonl is not there", "import", "nowhere.jsonl")]
    [InlineData("Storage:Engine is 'Oracle'", "migrate", "--Storage:Engine=Oracle")]
    public async Task Says_what_is_wrong_with_a_command(string message, params string[] arguments)
    {
        using var folder = new DataFolder();

        var process = await RunAsync(folder, arguments, []);

        Assert.Equal(1, process.ExitCode);
        Assert.Contains(message, process.Errors, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", process.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Does_not_export_a_store_that_a_service_uses()
    {
        using var folder = new DataFolder();
        await using var server = await ServerProcess.StartAsync(folder);

        var process = await RunAsync(folder, ["export", "clients.jsonl"], []);

        Assert.Equal(1, process.ExitCode);
        Assert.Contains("is in use", process.Errors, StringComparison.Ordinal);
        Assert.False(File.Exists(Path.Combine(folder.Path, "clients.jsonl")));
    }

    private static async Task<string> SucceedAsync(DataFolder folder, string[] arguments, params string[] settings)
    {
        var process = await RunAsync(folder, arguments, settings);
        Assert.True(process.ExitCode == 0, process.Output + process.Errors);
        return process.Output;
    }

    private static async Task<ChildProcess> RunAsync(DataFolder folder, string[] arguments, string[] settings)
    {
        var process = ServerProcess.Launch(folder, arguments, settings);
        await process.EndedAsync(CommandTime);
        return process;
    }

    private static async Task<JsonElement> RegisterAsync(ServerProcess server)
    {
        using var answer = await server.Public.PostAsJsonAsync("/oauth/register", new { redirect_uris = new[] { "https://app.example/cb" } });
        Assert.Equal(HttpStatusCode.Created, answer.StatusCode);
        return await answer.Content.ReadFromJsonAsync<JsonElement>();
    }

    private static async Task ReadsItselfAsync(ServerProcess server, JsonElement client)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, $"/oauth/register/{client.GetProperty("client_id").GetString()}");
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", client.GetProperty("registration_access_token").GetString());
        using var answer = await server.Public.SendAsync(request);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
    }
}
