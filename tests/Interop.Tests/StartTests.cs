using System.Net;
using System.Net.Http.Json;
using GrpcDcr.TestKit.Running;

namespace GrpcDcr.Interop.Tests;

/// <summary>How the process starts, what it says, and how it ends.</summary>
public sealed class StartTests
{
    private static readonly TimeSpan FewSeconds = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan StartTime = TimeSpan.FromSeconds(60);

    [Theory]
    [InlineData(
        "Kestrel:Endpoints:Public:Url=ftp://127.0.0.1",
        "Kestrel:Endpoints:Public:Url (environment variable Kestrel__Endpoints__Public__Url) is 'ftp://127.0.0.1'. Allowed: http:// or "
            + "https://")]
    [InlineData(
        "DYNAMIC_CLIENT_REGISTRATION_RATE_LIMIT=often",
        "DYNAMIC_CLIENT_REGISTRATION_RATE_LIMIT (environment variable DYNAMIC_CLIENT_REGISTRATION_RATE_LIMIT) is 'often'. Allowed: a whole "
            + "number")]
    [InlineData("Registration:Aproval=Manual", "Registration:Aproval (environment variable Registration__Aproval) is not a setting")]
    [InlineData("Storage:Engine=Oracle", "Storage:Engine (environment variable Storage__Engine) is 'Oracle'. Allowed: LiteDb")]
    [InlineData(
        "Registraton__InitialAccessTokenRequired=true", "Registraton__InitialAccessTokenRequired (environment variable) is not a setting")]
    [InlineData("Registration_Approval=Manual", "Registration_Approval (environment variable) is not a setting")]
    [InlineData("ENABLE_DYNAMIC_CLIENT_REGISTRATIONS=true", "ENABLE_DYNAMIC_CLIENT_REGISTRATIONS (environment variable) is not a setting")]
    [InlineData("ASPNETCORE_FORWARDEDHEADERS_ENABLED=true", "ASPNETCORE_FORWARDEDHEADERS_ENABLED (environment variable) is not a setting")]
    public async Task Refuses_to_start_with_a_wrong_setting_and_says_what_is_allowed(string setting, string message)
    {
        using var folder = new DataFolder();

        await using var process = ServerProcess.Launch(folder, setting);
        await process.EndedAsync(StartTime);

        AssertRefused(process, message);
        Assert.Equal("", process.Output);
    }

    [Fact]
    public async Task Refuses_to_start_on_the_folder_of_a_running_server()
    {
        using var folder = new DataFolder();
        await using var first = await ServerProcess.StartAsync(folder);

        await using var second = ServerProcess.Launch(folder);
        await second.EndedAsync(StartTime);

        AssertRefused(second, "Storage:LiteDb:Path: The store in ", exitCode: 1);
        Assert.Equal(HttpStatusCode.Created, await RegisterAsync(first));
    }

    [Fact]
    public async Task Refuses_to_start_on_a_store_that_it_did_not_make()
    {
        using var folder = new DataFolder();
        await using (await ServerProcess.StartAsync(folder))
        {
        }

        await File.WriteAllTextAsync(Path.Combine(folder.Data, "clients.db"), "not a store");
        await using var process = ServerProcess.Launch(folder);
        await process.EndedAsync(StartTime);

        AssertRefused(process, "clients.db is not a LiteDB 5 file", exitCode: 65);
    }

    [Theory]
    [InlineData("ENABLE_DYNAMIC_CLIENT_REGISTRATION=false", "Registration is disabled: set ENABLE_DYNAMIC_CLIENT_REGISTRATION=true")]
    [InlineData("DYNAMIC_CLIENT_REGISTRATION_TOKEN=", "Registration is open: anyone")]
    [InlineData("DYNAMIC_CLIENT_REGISTRATION_TOKEN=secret-token-of-the-tests", "Registration is restricted to initial access tokens")]
    public async Task Says_where_the_listeners_and_the_tokens_are_and_who_may_register(string setting, string state)
    {
        using var folder = new DataFolder();

        await using var server = await ServerProcess.StartAsync(folder, setting);

        Assert.Contains(state, server.Process.Output, StringComparison.Ordinal);
        Assert.Contains($"Listening: public {server.Issuer}", server.Process.Output, StringComparison.Ordinal);
        Assert.Contains(
            $"admin {server.Admin.BaseAddress!.GetLeftPart(UriPartial.Authority)}", server.Process.Output, StringComparison.Ordinal);
        Assert.Contains(folder.AdminTokenFile, server.Process.Output, StringComparison.Ordinal);
        Assert.Contains(folder.DirectoryTokenFile, server.Process.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("secret-token", server.Process.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Keeps_the_tokens_of_the_roles_to_its_owner_and_never_prints_them()
    {
        if (OperatingSystem.IsWindows())
        {
            Assert.Skip("File modes are tested on Unix only: Windows has none.");
            return;
        }

        using var folder = new DataFolder();

        await using var server = await ServerProcess.StartAsync(folder);

        foreach (var file in (string[])[folder.AdminTokenFile, folder.DirectoryTokenFile])
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file));
            Assert.DoesNotContain(File.ReadAllText(file).Trim(), server.Process.Output, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Keeps_its_tokens_over_a_restart()
    {
        using var folder = new DataFolder();
        await using (await ServerProcess.StartAsync(folder))
        {
        }

        var before = File.ReadAllText(folder.AdminTokenFile);
        await using var server = await ServerProcess.StartAsync(folder);

        Assert.Equal(before, File.ReadAllText(folder.AdminTokenFile));
    }

    [Fact]
    public async Task Stops_cleanly_within_a_few_seconds_when_it_is_asked_to()
    {
        if (OperatingSystem.IsWindows())
        {
            Assert.Skip("SIGTERM is tested on Unix only: Windows has none.");
            return;
        }

        using var folder = new DataFolder();
        await using var server = await ServerProcess.StartAsync(folder);
        Assert.Equal(HttpStatusCode.Created, await RegisterAsync(server));

        await server.Process.SignalTermAsync();
        await server.Process.EndedAsync(FewSeconds);

        Assert.Equal(0, server.Process.ExitCode);
        Assert.Equal("", server.Process.Errors);
        Assert.DoesNotContain("fail:", server.Process.Output, StringComparison.Ordinal);
    }

    private static async Task<HttpStatusCode> RegisterAsync(ServerProcess server)
    {
        using var answer = await server.Public.PostAsJsonAsync(
            "/oauth/register", new { redirect_uris = new[] { "https://client.example/callback" } });
        return answer.StatusCode;
    }

    /// <summary>
    /// A message for an administrator: the exit code of a wrong configuration, the reason on standard error, and no stack trace.
    /// </summary>
    private static void AssertRefused(ChildProcess process, string message, int exitCode = 78)
    {
        Assert.Equal(exitCode, process.ExitCode);
        Assert.Contains(message, process.Errors, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", process.Errors + process.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("Exception", process.Errors + process.Output, StringComparison.Ordinal);
    }
}
