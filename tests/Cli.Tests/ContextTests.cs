using GrpcDcr.Cli.Tests.Running;

namespace GrpcDcr.Cli.Tests;

/// <summary>Contexts, and the tokens in them.</summary>
public sealed class ContextTests(RunningService service) : IClassFixture<RunningService>
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    [Fact]
    public async Task Only_the_owner_may_read_the_configuration()
    {
        using var user = new Workplace();
        await user.LoginAsync(service.Server);

        Assert.Equal(OwnerOnly, File.GetUnixFileMode(user.Configuration));
        Assert.Equal(OwnerOnly | UnixFileMode.UserExecute, File.GetUnixFileMode(Path.GetDirectoryName(user.Configuration)!));
        File.SetUnixFileMode(user.Configuration, OwnerOnly | UnixFileMode.GroupRead);
        var refused = (await user.RunAsync("clients", "list")).With(2);
        Assert.Contains($"chmod 600 {user.Configuration}", refused.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_token_comes_from_standard_input_a_file_or_the_environment()
    {
        using var user = new Workplace();
        var address = Workplace.Address(service.Server);
        var file = user.WithFile("token", $"{service.Server.AdminToken}\n");

        (await user.RunAsync(service.Server.AdminToken, ["login", "--context", "a", "--address", address])).With(0);
        await user.SucceedAsync("login", "--context", "b", "--address", address, "--token-file", file);
        (await user.RunWithAsync("GRPCDCR_TOKEN", service.Server.AdminToken, "login", "--context", "c", "--address", address)).With(0);

        var contexts = await user.JsonAsync("context", "list");
        Assert.Equal(["a", "b", "c"], contexts.EnumerateArray().Select(context => context.GetProperty("name").GetString()));
        Assert.All(contexts.EnumerateArray(), context => Assert.True(context.GetProperty("has_token").GetBoolean()));
        await user.SucceedAsync("clients", "list", "--context", "c");
        (await user.RunWithAsync("GRPCDCR_TOKEN", service.Server.AdminToken, "clients", "list", "--address", address)).With(0);
        await user.SucceedAsync("clients", "list", "--address", address, "--token-file", file);
    }

    [Fact]
    public async Task A_token_that_the_service_refuses_is_not_kept()
    {
        using var user = new Workplace();

        var refused = (await user.RunAsync("not-the-token", ["login", "--address", Workplace.Address(service.Server)])).With(4);

        Assert.StartsWith("CREDENTIAL_INVALID: ", refused.Errors, StringComparison.Ordinal);
        Assert.False(File.Exists(user.Configuration));
    }

    [Fact]
    public async Task A_token_goes_to_its_address_only()
    {
        using var user = new Workplace();
        await user.LoginAsync(service.Server);

        var refused = (await user.RunAsync("clients", "list", "--address", "http://127.0.0.1:1")).With(2);

        Assert.Contains("is not sent to http://127.0.0.1:1", refused.Errors, StringComparison.Ordinal);
        await user.SucceedAsync("context", "set", "default", "--address", "http://127.0.0.1:1");
        Assert.Contains("There is no token", (await user.RunAsync("clients", "list")).With(2).Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Contexts_are_added_used_and_deleted()
    {
        using var user = new Workplace();
        await user.SucceedAsync("context", "set", "one", "--address", "http://127.0.0.1:1");
        await user.SucceedAsync("context", "set", "two", "--address", "https://dcr.example:8082");

        await user.SucceedAsync("context", "use", "two");

        Assert.Equal(
            "CURRENT  NAME  ADDRESS                   TOKEN\n-        one   http://127.0.0.1:1        no\n"
            + "*        two   https://dcr.example:8082  no\n",
            await user.SucceedAsync("context", "list"));
        var unknown = (await user.RunAsync("context", "use", "three")).With(2);
        Assert.Equal("There is no context 'three'. There are: one, two.\n", unknown.Errors);
        await user.SucceedAsync("context", "delete", "two");
        Assert.Equal("one\n", await user.SucceedAsync("context", "list", "--quiet"));
    }

    [Fact]
    public async Task Logout_removes_the_token()
    {
        using var user = new Workplace();
        await user.LoginAsync(service.Server);
        Assert.Contains(service.Server.AdminToken, File.ReadAllText(user.Configuration), StringComparison.Ordinal);

        await user.SucceedAsync("logout");

        Assert.DoesNotContain(service.Server.AdminToken, File.ReadAllText(user.Configuration), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Logins_at_the_same_time_are_all_kept()
    {
        using var user = new Workplace();
        await Task.WhenAll(Enumerable.Range(0, 5).Select(async i => (await user.RunAsync(
            service.Server.AdminToken, ["login", "--context", $"c{i}", "--address", Workplace.Address(service.Server)])).With(0)));

        Assert.Equal("c0\nc1\nc2\nc3\nc4\n", await user.SucceedAsync("context", "list", "--quiet"));
    }
}
