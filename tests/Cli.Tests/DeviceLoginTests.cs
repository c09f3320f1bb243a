using System.Text.Json;
using GrpcDcr.Cli.Tests.Running;
using GrpcDcr.TestKit.Running;

namespace GrpcDcr.Cli.Tests;

/// <summary>Logging in with a browser, at an authorization server that is not ours.</summary>
public sealed class DeviceLoginTests : IAsyncLifetime
{
    private const string Resource = "https://dcr.example";
    private const string Line = "enter the code";

    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(60);

    private readonly DataFolder _folder = new();
    private readonly Workplace _user = new();
    private OidcProvider? _provider;
    private ServerProcess? _server;

    private string[] Login =>
    [
        "login", "--device", "--authority", _provider!.Issuer, "--client-id", "grpcdcr",
        "--resource", Resource, "--scope", "openid",
        "--address", Workplace.Address(_server!),
    ];

    public async ValueTask InitializeAsync()
    {
        _provider = await OidcProvider.StartAsync(resource: Resource);
        _server = await ServerProcess.StartAsync(
            _folder, $"Authentication:Jwt:Authority={_provider.Issuer}", $"Authentication:Jwt:Audience={Resource}",
            "Authentication:Jwt:Roles:Admin=dcr-admin");
    }

    public async ValueTask DisposeAsync()
    {
        await (_server?.DisposeAsync() ?? default);
        await (_provider?.DisposeAsync() ?? default);
        _user.Dispose();
        _folder.Dispose();
    }

    /// <summary>The tokens of the provider expire so soon that each command needs another one.</summary>
    [Fact]
    public async Task A_user_logs_in_and_stays_logged_in()
    {
        await using var login = _user.Start(Login, Line);
        using var browser = new Browser();
        var texts = new Dictionary<string, string> { ["user_code"] = await CodeAsync(login), ["login"] = "alice", ["password"] = "x" };
        var page = await browser.FillInAsync(await PageAsync(login), texts);
        Assert.Contains("Sign-in Success", page, StringComparison.Ordinal);
        await login.EndedAsync(Soon);
        Assert.True(login.ExitCode == 0, login.Errors);

        Assert.Equal("", login.Output);
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(_user.Configuration));
        var before = Kept();
        Assert.DoesNotContain(before.Token, login.Errors, StringComparison.Ordinal);
        await _user.SucceedAsync("registration", "close", "--reason", "by a JWT", "--yes");
        var after = Kept();
        Assert.NotEqual(before, after);
        var closed = (await _user.JsonAsync("audit", "list", "--type", "registration_closed"))[0];
        Assert.Equal("alice", closed.GetProperty("actor").GetProperty("subject").GetString());

        await _user.SucceedAsync("logout");
        var text = File.ReadAllText(_user.Configuration);
        Assert.DoesNotContain("token\":", text.Replace("token_endpoint", "", StringComparison.Ordinal), StringComparison.Ordinal);
        Assert.Contains("There is no token", (await _user.RunAsync("clients", "list")).With(2).Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_user_who_says_no_is_not_logged_in()
    {
        await using var login = _user.Start(Login, Line);
        using var browser = new Browser();
        await browser.FillInAsync(
            await PageAsync(login), new Dictionary<string, string> { ["user_code"] = await CodeAsync(login), ["abort"] = "yes" });
        await login.EndedAsync(Soon);

        Assert.Equal(4, login.ExitCode);
        Assert.Contains("was told not to log you in", login.Errors, StringComparison.Ordinal);
        Assert.False(File.Exists(_user.Configuration));
    }

    private static async Task<string> PageAsync(ChildProcess login) => (await login.LineWithAsync(Line, Soon)).Split(' ')[1];

    private static async Task<string> CodeAsync(ChildProcess login) => (await login.LineWithAsync(Line, Soon)).Split(' ')[^2];

    private (string Token, string RefreshToken) Kept()
    {
        using var kept = JsonDocument.Parse(File.ReadAllText(_user.Configuration));
        var context = kept.RootElement.GetProperty("contexts").GetProperty("default");
        return (context.GetProperty("token").GetString()!, context.GetProperty("login").GetProperty("refresh_token").GetString()!);
    }
}
