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

        string[] moved = Moved(folder, postgres);
        Assert.Contains(
            "Exported 1 audit events, 1 clients", await SucceedAsync(folder, ["export", "there.jsonl"]), StringComparison.Ordinal);
        Assert.Contains("up to date", await SucceedAsync(folder, ["migrate"], moved), StringComparison.Ordinal);
        Assert.Contains("has the same content", await SucceedAsync(folder, ["import", "there.jsonl"], moved), StringComparison.Ordinal);
        await using (var several = await ServerProcess.StartAsync(folder, moved))
        {
            await ReadsItselfAsync(several, client);
            await RegisterAsync(several);
        }

        await SucceedAsync(folder, ["export", "back.jsonl"], moved);
        System.IO.Directory.CreateDirectory(back.Data);
        await SucceedAsync(back, ["import", Path.Combine(folder.Path, "back.jsonl")]);
        await using var again = await ServerProcess.StartAsync(back);
        await ReadsItselfAsync(again, client);
        var listed = await again.Admin.GetFromJsonAsync<JsonElement>("/admin/v1/clients");
        Assert.Equal(2, listed.GetProperty("clients").GetArrayLength());
    }

    [Theory]
    [InlineData(2, "'sevre' is not a command", "sevre")]
    [InlineData(2, "'config chekc' is not a command", "config", "chekc")]
    [InlineData(2, "'-v' is not a valid argument", "-v")]
    [InlineData(2, "'--Storage:Engine' has no value", "config", "check", "--Storage:Engine")]
    [InlineData(78, "Storage:Engin (command line) is not a setting", "config", "check", "--Storage:Engin", "LiteDb")]
    [InlineData(78, "nowhere.json", "config", "check", "--config", "nowhere.json")]
    [InlineData(2, "'export' takes the name of one file", "export")]
    [InlineData(2, "'import' takes the name of one file", "import", "a", "b")]
    [InlineData(2, "'migrate' takes no file", "migrate", "a")]
    [InlineData(1, "nowhere.jsonl does not exist", "import", "nowhere.jsonl", "--Storage:LiteDb:Path=.")]
    [InlineData(78, "'data'. Allowed: an existing folder, empty or with a store; there is none at ", "import", "x.jsonl")]
    [InlineData(78, "Storage:Engine (command line) is 'Oracle'", "migrate", "--Storage:Engine=Oracle")]
    [InlineData(2, "'--frobnicate' has no value", "--frobnicate")]
    [InlineData(78, "frobnicate (command line) is not a setting", "--frobnicate=1")]
    [InlineData(78, "Registraton (command line) is not a setting", "--Registraton:InitialAccessTokenRequired=true")]
    [InlineData(78, "'data'. Allowed: the folder of an existing store; there is none in ", "export", "x.jsonl")]
    [InlineData(78, "Storage:LiteDb:Path (command line) is 'nowhere'", "migrate", "--Storage:LiteDb:Path=nowhere")]
    public async Task Says_what_is_wrong_with_a_command(int exitCode, string message, params string[] arguments)
    {
        using var folder = new DataFolder();

        var process = await RunAsync(folder, arguments, []);

        Assert.Equal(exitCode, process.ExitCode);
        Assert.Contains(message, process.Errors, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", process.Errors, StringComparison.Ordinal);
        Assert.False(System.IO.Directory.Exists(folder.Data));
    }

    [Fact]
    public async Task Commands_read_the_settings_of_the_environment_that_the_service_runs_in()
    {
        using var folder = new DataFolder();
        await File.WriteAllTextAsync(
            Path.Combine(folder.Path, "appsettings.Staging.json"), """{"Storage":{"LiteDb":{"Path":"there"}}}""");

        var process = await RunAsync(folder, ["migrate"], ["DOTNET_ENVIRONMENT=Staging"]);

        Assert.Equal(78, process.ExitCode);
        Assert.Contains(Path.Combine(folder.Path, "there"), process.Errors, StringComparison.Ordinal);
        Assert.Contains("appsettings.Staging.json", process.Errors, StringComparison.Ordinal);
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

    [Fact]
    public async Task Asks_the_running_service_whether_it_is_ready()
    {
        using var folder = new DataFolder();
        string setting;
        await using (var server = await ServerProcess.StartAsync(folder))
        {
            setting = $"Kestrel:Endpoints:Management:Url={server.Management.BaseAddress!.GetLeftPart(UriPartial.Authority)}";
            Assert.Contains("\"status\":\"Healthy\"", await SucceedAsync(folder, ["healthcheck"], setting), StringComparison.Ordinal);
        }

        var process = await RunAsync(folder, ["healthcheck"], [setting]);

        Assert.Equal(1, process.ExitCode);
        Assert.StartsWith("No service answers at http://127.0.0.1:", process.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Ends_with_1_where_the_running_service_is_not_ready()
    {
        using var folder = new DataFolder();
        await using (await ServerProcess.StartAsync(folder))
        {
            // Makes the tokens.
        }

        await using var postgres = await PostgresServer.StartAsync("fsync=off");
        string[] settings = Moved(folder, postgres);
        await using var server = await ServerProcess.StartAsync(folder, settings);
        await postgres.StopAsync();
        await server.Process.LineWithAsync(ServerProcess.LostDatabase, CommandTime);
        var address = server.Management.BaseAddress!.GetLeftPart(UriPartial.Authority);

        var process = await RunAsync(folder, ["healthcheck"], [.. settings, $"Kestrel:Endpoints:Management:Url={address}"]);

        Assert.Equal(1, process.ExitCode);
        Assert.Contains("\"status\":\"Unhealthy\"", process.Output, StringComparison.Ordinal);
        Assert.StartsWith($"The service at {address}/ is not ready.", process.Errors, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Usage: GrpcDcr.Server", "healthcheck", "--help")]
    [InlineData("Usage: GrpcDcr.Server", "help")]
    [InlineData("Usage: GrpcDcr.Server", "--help")]
    [InlineData("Usage: GrpcDcr.Server", "serve", "--help")]
    [InlineData("Usage: GrpcDcr.Server", "export", "--help")]
    [InlineData("GrpcDcr ", "version")]
    [InlineData("GrpcDcr ", "--version")]
    [InlineData("GrpcDcr ", "serve", "--version")]
    [InlineData("Usage: GrpcDcr.Server", "config", "check", "--help")]
    [InlineData("Usage: GrpcDcr.Server", "config", "dump", "--help")]
    [InlineData("Usage: GrpcDcr.Server", "migrate", "--help")]
    [InlineData("Usage: GrpcDcr.Server", "import", "--help")]
    [InlineData("The configuration is acceptable.", "config", "check")]
    public async Task Answers_questions_without_serving(string answer, params string[] arguments)
    {
        using var folder = new DataFolder();

        Assert.StartsWith(answer, await SucceedAsync(folder, arguments), StringComparison.Ordinal);

        Assert.False(System.IO.Directory.Exists(folder.Data));
    }

    [Fact]
    public async Task Shows_every_setting_with_its_source_and_no_secret()
    {
        using var folder = new DataFolder();
        await File.WriteAllTextAsync(
            Path.Combine(folder.Path, "more.json"),
            """{"RateLimit":{"FailedManagement":7},"Authentication":{"Tokens":{"ops":{"Roles":["viewer"]}}}}""");
        await File.WriteAllTextAsync(Path.Combine(folder.Path, "token"), "the-secret-of-the-tests\n");

        var shown = await SucceedAsync(
            folder, ["config", "dump", "--config", "more.json", "--Registration:Approval=Automatic"],
            "Authentication:Tokens:ops:TokenFile=token", "DYNAMIC_CLIENT_REGISTRATION_TOKEN=the-secret-of-the-tests");

        using var values = JsonDocument.Parse(
            shown, new JsonDocumentOptions { AllowTrailingCommas = true, CommentHandling = JsonCommentHandling.Skip });
        Assert.Equal(
            ("7", "Automatic", "viewer", "token", "***", "600"),
            (Value("RateLimit:FailedManagement"), Value("Registration:Approval"), Value("Authentication:Tokens:ops:Roles"),
            Value("Authentication:Tokens:ops:TokenFile"), Value("DYNAMIC_CLIENT_REGISTRATION_TOKEN"),
            $"{int.Parse(Value("RateLimit:Management"), System.Globalization.CultureInfo.InvariantCulture) * 10}"));
        Assert.DoesNotContain("the-secret", shown, StringComparison.Ordinal);
        Assert.Contains("// command line", shown, StringComparison.Ordinal);
        Assert.Contains("// environment variable DYNAMIC_CLIENT_REGISTRATION_TOKEN", shown, StringComparison.Ordinal);
        Assert.Contains($"// {Path.Combine(folder.Path, "more.json")}", shown, StringComparison.Ordinal);

        string Value(string key) => values.RootElement.GetProperty(key).GetString()!;
    }

    /// <summary>The settings of a deployment that moved to PostgreSQL, with the tokens that its first start made.</summary>
    private static string[] Moved(DataFolder folder, PostgresServer postgres) =>
    [
        "Storage:Engine=Postgres", $"Storage:Postgres:ConnectionString={postgres.ConnectionString}",
        $"Authentication:Tokens:admin:TokenFile={folder.AdminTokenFile}", "Authentication:Tokens:admin:Roles=admin",
        $"Authentication:Tokens:directory:TokenFile={folder.DirectoryTokenFile}", "Authentication:Tokens:directory:Roles=directory",
    ];

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
        using var answer = await server.Public.PostAsJsonAsync(
            "/oauth/register", new { redirect_uris = new[] { "https://app.example/cb" } });
        Assert.Equal(HttpStatusCode.Created, answer.StatusCode);
        return await answer.Content.ReadFromJsonAsync<JsonElement>();
    }

    private static async Task ReadsItselfAsync(ServerProcess server, JsonElement client)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, $"/oauth/register/{client.GetProperty("client_id").GetString()}");
        request.Headers.Authorization = new AuthenticationHeaderValue(
            "Bearer", client.GetProperty("registration_access_token").GetString());
        using var answer = await server.Public.SendAsync(request);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
    }
}
