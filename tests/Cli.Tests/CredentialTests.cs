using System.Text.Json;
using GrpcDcr.Cli.Tests.Running;

namespace GrpcDcr.Cli.Tests;

/// <summary>Credentials that the service issues, and where they go.</summary>
public sealed class CredentialTests(RunningService service) : IClassFixture<RunningService>
{
    [Fact]
    public async Task An_initial_access_token_has_the_properties_of_the_options()
    {
        var issued = await service.Admin.JsonAsync(
            "tokens", "issue", "--label", "partner", "--ttl", "2h", "--max-uses", "3", "--scope", "email", "--scope", "profile",
            "--grant-type", "authorization_code", "--redirect-host", "*.partner.example", "--software-id", "4NRB1", "--owner", "Partner",
            "--automatic-approval", "--reason", "asked for it");

        var token = issued.GetProperty("initial_access_token");
        var id = token.GetProperty("initial_access_token_id").GetString()!;
        var constraints = token.GetProperty("constraints");
        Assert.Equal(66, issued.GetProperty("token").GetString()!.Length);
        Assert.Equal(3, token.GetProperty("max_uses").GetInt32());
        Assert.Equal(
            TimeSpan.FromHours(2),
            token.GetProperty("expire_time").GetDateTimeOffset() - token.GetProperty("issue_time").GetDateTimeOffset());
        Assert.Equal(["email", "profile"], constraints.GetProperty("scopes").EnumerateArray().Select(scope => scope.GetString()));
        Assert.Equal("4NRB1", constraints.GetProperty("software_id").GetString());
        Assert.Equal("Partner", constraints.GetProperty("owner").GetString());
        Assert.True(constraints.GetProperty("automatic_approval").GetBoolean());
        Assert.Equal(token, await service.Admin.JsonAsync("tokens", "get", id), JsonElement.DeepEquals);

        (await service.Admin.RunAsync("tokens", "revoke", id)).With(2);
        Assert.False((await service.Admin.JsonAsync("tokens", "revoke", id, "--yes")).GetProperty("usable").GetBoolean());
        Assert.Contains($"{id}  false   partner  0/3 ", await service.Admin.SucceedAsync("tokens", "list"), StringComparison.Ordinal);
        (await service.Admin.RunAsync("tokens", "get", "01a22d7e-0000-7000-8000-000000000000")).With(3);
    }

    [Fact]
    public async Task A_new_credential_goes_into_a_file_of_its_owner_and_nowhere_else()
    {
        var id = await service.RegisterAsync("With a secret");
        foreach (var (arguments, name) in (IEnumerable<(string[], string)>)
            [
                (["tokens", "issue"], "a"), (["clients", "rotate-secret", id, "--yes"], "b"),
                (["clients", "reissue-token", id, "--yes"], "c"),
            ])
        {
            using var user = new Workplace();
            await user.LoginAsync(service.Server);
            var file = Path.Combine(user.Folder, name);

            var run = (await user.RunAsync([.. arguments, "--secret-file", file])).With(0);

            var secret = File.ReadAllText(file).Trim();
            Assert.True(secret.Length >= 43, secret);
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file));
            Assert.DoesNotContain(secret, run.Everything, StringComparison.Ordinal);
            var again = (await user.RunAsync([.. arguments, "--secret-file", file])).With(2);
            Assert.Contains("exists", again.Errors, StringComparison.Ordinal);
            Assert.Equal(secret, File.ReadAllText(file).Trim());
        }
    }

    [Fact]
    public async Task Quiet_does_not_lose_a_new_credential()
    {
        var run = (await service.Admin.RunAsync("tokens", "issue", "--quiet")).With(2);

        Assert.Contains("--secret-file", run.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_for_a_credential_that_was_not_issued_goes_away()
    {
        using var user = new Workplace();
        await user.LoginAsync(service.Server);
        var file = Path.Combine(user.Folder, "token");

        (await user.RunAsync("tokens", "issue", "--ttl", "1s", "--secret-file", file)).With(4);

        Assert.False(File.Exists(file));
    }

    [Fact]
    public async Task The_new_secret_is_shown_once()
    {
        var id = await service.RegisterAsync("Rotated");

        var answer = await service.Admin.JsonAsync("clients", "rotate-secret", id, "--yes", "--reason", "leaked");

        Assert.Equal(43, answer.GetProperty("client_secret").GetString()!.Length);
    }

    [Fact]
    public async Task An_administrator_creates_a_client_and_changes_it()
    {
        using var user = new Workplace();
        await user.LoginAsync(service.Server);
        var document = user.WithFile("client.json", """{"client_name":"Made","redirect_uris":["https://app.example/cb"]}""");
        string Path(string name) => System.IO.Path.Combine(user.Folder, name);

        var made = await user.JsonAsync(
            "clients", "create", document, "--owner", "Partner", "--secret-file", Path("secret"),
            "--registration-token-file", Path("token"));
        var id = made.GetProperty("client").GetProperty("client_id").GetString()!;
        Assert.Equal(43, File.ReadAllText(Path("secret")).Trim().Length);
        Assert.Equal(66, File.ReadAllText(Path("token")).Trim().Length);
        Assert.False(made.TryGetProperty("client_secret", out _));
        Assert.False(made.TryGetProperty("registration_access_token", out _));

        var changes = """{"client_name":"Renamed","client_name#de":"Umbenannt"}""";
        (await user.RunAsync(changes, ["clients", "update", id, "-"])).With(2);
        (await user.RunAsync(changes, ["clients", "update", id, "-", "--yes", "--remove", "scope", "--secret-file", Path("none")])).With(0);
        var metadata = (await service.ClientAsync(id)).GetProperty("metadata");
        Assert.Equal("Renamed", metadata.GetProperty("client_name").GetString());
        Assert.False(File.Exists(Path("none")));
        var nothing = (await user.RunAsync("{}", ["clients", "update", id, "-"])).With(2);
        Assert.Contains("nothing to change", nothing.Errors, StringComparison.Ordinal);
    }

    /// <summary>The arguments of a process are no secret: every user of the machine sees them.</summary>
    [Fact]
    public async Task The_token_is_in_no_argument_and_no_output()
    {
        using var user = new Workplace();
        await user.LoginAsync(service.Server);
        var token = service.Server.AdminToken;
        await using var follow = user.Start(["audit", "follow", "--last", "1"], "SEQUENCE");
        await follow.LineWithAsync("SEQUENCE", TimeSpan.FromSeconds(30));

        var arguments = File.ReadAllText($"/proc/{follow.Id}/cmdline");
        string[][] commands =
        [
            ["context", "list", "--output", "json"], ["clients", "list"], ["registration", "status"],
            ["audit", "list", "--output", "jsonl"],
            ["clients", "get", "missing"], ["clients", "list", "--address", "http://127.0.0.1:1"], ["logout"],
        ];

        Assert.Contains("follow", arguments, StringComparison.Ordinal);
        Assert.DoesNotContain(token, arguments, StringComparison.Ordinal);
        foreach (var command in commands)
        {
            Assert.DoesNotContain(token, (await user.RunAsync(command)).Everything, StringComparison.Ordinal);
        }

        Assert.DoesNotContain(token, follow.Output + follow.Errors, StringComparison.Ordinal);
    }
}
