using System.Text.Json;
using System.Text.Json.Nodes;
using GrpcDcr.Cli.Tests.Running;
using GrpcDcr.TestKit.Running;

namespace GrpcDcr.Cli.Tests;

/// <summary>Registering with our service and with another server, and managing the registration.</summary>
public sealed class RegistrationTests(RunningService service) : IClassFixture<RunningService>
{
    private const string Document = """{"client_name":"Registered","redirect_uris":["https://app.example/cb"]}""";

    [Fact]
    public Task A_client_lives_with_our_service() => LivesAsync(["--issuer", service.Server.Issuer]);

    [Fact]
    public Task A_client_lives_with_our_registration_endpoint() => LivesAsync(["--endpoint", $"{service.Server.Issuer}/oauth/register"]);

    [Fact]
    public async Task A_client_lives_with_oidc_provider()
    {
        await using var provider = await OidcProvider.StartAsync();
        await LivesAsync(["--issuer", provider.Issuer]);
    }

    [Fact]
    public async Task The_initial_access_token_comes_from_a_file_or_the_environment()
    {
        const string Token = "initial-access-token-of-the-tests";
        await using var provider = await OidcProvider.StartAsync(Token);
        using var user = new Workplace();
        var document = user.WithFile("client.json", Document);
        string[] register = ["register", document, "--issuer", provider.Issuer];

        var refused = (await user.RunAsync(register)).With(4);
        await user.SucceedAsync([.. register, "--initial-access-token-file", user.WithFile("token", Token)]);
        var run = (await user.RunWithAsync("GRPCDCR_INITIAL_ACCESS_TOKEN", Token, register)).With(0);

        Assert.Contains("answered with status 40", refused.Errors, StringComparison.Ordinal);
        Assert.DoesNotContain(Token, run.Everything, StringComparison.Ordinal);
        Assert.Equal(2, (await user.JsonAsync("registrations")).GetArrayLength());
    }

    [Fact]
    public async Task Refusals_are_shown_with_the_exit_code_4()
    {
        using var user = new Workplace();

        var run = (await user.RunAsync(
            """{"redirect_uris":["http://app.example/cb"]}""", ["register", "-", "--issuer", service.Server.Issuer])).With(4);

        Assert.Contains("answered with status 400, invalid_redirect_uri: redirect_uris[0]", run.Errors, StringComparison.Ordinal);
        Assert.Equal("[]\n", await user.SucceedAsync("registrations", "-o", "json"));
    }

    [Theory]
    [InlineData(2, "needs one of --issuer and --endpoint", "register", "-")]
    [InlineData(2, "--issuer is 'http://as.example'", "register", "-", "--issuer", "http://as.example")]
    [InlineData(2, "--quiet would not show the client secret", "register", "-", "--endpoint", "https://as.example", "--quiet")]
    [InlineData(3, "No registration of a is kept", "read", "a")]
    [InlineData(3, "No registration of a is kept", "delete", "a", "--yes")]
    public async Task Says_what_is_wrong(int exitCode, string message, params string[] arguments)
    {
        using var user = new Workplace();
        Assert.Contains(message, (await user.RunAsync(Document, arguments)).With(exitCode).Errors, StringComparison.Ordinal);
    }

    /// <summary>RFC 8414 section 3.3: the metadata of another issuer is not used.</summary>
    [Fact]
    public async Task Metadata_of_another_issuer_is_refused()
    {
        using var user = new Workplace();
        var other = service.Server.Issuer.Replace("127.0.0.1", "localhost", StringComparison.Ordinal);

        var run = (await user.RunAsync(Document, ["register", "-", "--issuer", other])).With(1);

        Assert.Contains($"of the issuer '{service.Server.Issuer}' and not of '{other}'", run.Errors, StringComparison.Ordinal);
    }

    private static async Task LivesAsync(string[] server)
    {
        using var user = new Workplace();
        var document = user.WithFile("client.json", Document);
        var secretFile = Path.Combine(user.Folder, "secret");

        var registered = await user.JsonAsync(["register", document, .. server, "--secret-file", secretFile]);
        var id = registered.GetProperty("client_id").GetString()!;
        Assert.False(registered.TryGetProperty("client_secret", out _));
        Assert.False(registered.TryGetProperty("registration_access_token", out _));
        Assert.NotEqual("", File.ReadAllText(secretFile).Trim());
        var kept = Path.Combine(user.Folder, "grpcdcr", "registrations.json");
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(kept));

        var read = JsonNode.Parse(await user.SucceedAsync("read", id, "-o", "json"))!;
        read["client_name"] = "Renamed";
        var updated = (await user.RunAsync(read.ToJsonString(), ["update", id, "-", "-o", "json"])).With(0);
        Assert.Contains("\"client_name\": \"Renamed\"", updated.Output, StringComparison.Ordinal);
        var again = await user.JsonAsync("read", id);
        Assert.Equal("Renamed", again.GetProperty("client_name").GetString());
        Assert.DoesNotContain(TokenIn(kept), updated.Everything, StringComparison.Ordinal);

        Assert.Contains("Renamed", await user.SucceedAsync("registrations"), StringComparison.Ordinal);
        (await user.RunAsync("delete", id)).With(2);
        await user.SucceedAsync("delete", id, "--yes");
        Assert.Equal("[]\n", await user.SucceedAsync("registrations", "-o", "json"));
    }

    private static string TokenIn(string file)
    {
        using var kept = JsonDocument.Parse(File.ReadAllText(file));
        return Assert.Single(kept.RootElement.EnumerateArray()).GetProperty("registration_access_token").GetString()!;
    }
}
