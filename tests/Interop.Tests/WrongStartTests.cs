using System.Net;
using System.Net.Sockets;
using GrpcDcr.TestKit.Running;

namespace GrpcDcr.Interop.Tests;

/// <summary>
/// A start that cannot succeed ends with a sentence that names the setting, with the exit code of a wrong configuration, and without a
/// stack trace; and it creates nothing.
/// </summary>
public sealed class WrongStartTests : IDisposable
{
    private static readonly TimeSpan StartTime = TimeSpan.FromSeconds(60);

    private static readonly string[] SharedTokens =
    [
        "Authentication:Tokens:ops:Token=of-the-tests-and-long", "Authentication:Tokens:ops:Roles=admin",
    ];

    private readonly DataFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("Public")]
    [InlineData("Internal")]
    [InlineData("Admin")]
    [InlineData("Management")]
    public async Task A_port_in_use_is_named_with_its_listener(string listener)
    {
        using var taken = new TcpListener(IPAddress.Loopback, 0);
        taken.Start();

        await RefusedAsync(
            $"Kestrel:Endpoints:{listener}:Url (environment variable Kestrel__Endpoints__{listener}__Url) is "
            + $"'http://{taken.LocalEndpoint}'. Allowed: a port that is not in use.",
            $"Kestrel:Endpoints:{listener}:Url=http://{taken.LocalEndpoint}");
    }

    [Theory]
    [InlineData("Public")]
    [InlineData("Internal")]
    [InlineData("Admin")]
    [InlineData("Management")]
    public async Task An_address_of_another_machine_is_named_with_its_listener(string listener)
    {
        var certificate = TestCertificate.Make(_folder.Path);

        await RefusedAsync(
            $"'https://198.51.100.1:8443'. Allowed: an address of this machine.",
            [.. certificate.Settings, $"Kestrel:Endpoints:{listener}:Url=https://198.51.100.1:8443", "PublicBaseUrl=https://as.example"]);
    }

    [Theory]
    [InlineData("none", "none", "Kestrel:Endpoints:Public:Url (")]
    [InlineData("missing", "server.key", "Kestrel:Certificates:Default:Path (")]
    [InlineData("server.crt", "missing", "Kestrel:Certificates:Default:KeyPath (")]
    [InlineData("server.key", "server.key", "Kestrel:Certificates:Default:Path (")]
    [InlineData("server.crt", "server.crt", "Kestrel:Certificates:Default:KeyPath (")]
    [InlineData("server.crt", "other/server.key", "Kestrel:Certificates:Default:KeyPath (")]
    [InlineData("server.crt", "none", "Kestrel:Certificates:Default:Path (")]
    public async Task A_certificate_that_cannot_be_used_is_named(string file, string keyFile, string key)
    {
        TestCertificate.Make(_folder.Path);
        TestCertificate.Make(System.IO.Directory.CreateDirectory(Path.Combine(_folder.Path, "other")).FullName);

        await RefusedAsync(
            key, "Kestrel:Endpoints:Public:Url=https://127.0.0.1:0",
            "Kestrel:Certificates:Default:Path=" + (file == "none" ? "" : Path.Combine(_folder.Path, file)),
            "Kestrel:Certificates:Default:KeyPath=" + (keyFile == "none" ? "" : Path.Combine(_folder.Path, keyFile)));
    }

    [Theory]
    [InlineData("file", "file is a file")]
    [InlineData("file/below", "file/below cannot be created")]
    [InlineData("/proc/grpcdcr", "/proc/grpcdcr cannot be created")]
    public async Task A_data_folder_that_cannot_be_created_is_named(string path, string reason)
    {
        if (OperatingSystem.IsWindows())
        {
            Assert.Skip("The paths are those of Unix.");
        }

        await File.WriteAllTextAsync(Path.Combine(_folder.Path, "file"), "");

        await RefusedAsync($"is '{path}'. Allowed: a folder that the user {Environment.UserName}", $"Storage:LiteDb:Path={path}");
        await RefusedAsync(reason, [$"Storage:LiteDb:Path={path}", .. SharedTokens]);
    }

    [Fact]
    public async Task The_line_of_a_mistake_in_JSON_is_named_and_what_is_there_is_not()
    {
        await File.WriteAllTextAsync(
            Path.Combine(_folder.Path, "appsettings.json"), "{\n  \"RateLimit\": {}\n  \"PublicBaseUrl\": \"the-secret\"\n}\n");

        var process = await RefusedAsync("Could not parse the JSON file. The mistake is in line 3, or at the end of the line before.");

        Assert.DoesNotContain("the-secret", process.Errors, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("Host=127.0.0.1;Port=1;Password=the-secret;Target Session Attributes=read-write")]
    [InlineData("Host=127.0.0.1;Port=1;Password=the-secret;Multiplexing=true")]
    [InlineData("Host=127.0.0.1;Port=1;Passwort=the-secret")]
    [InlineData("Host=127.0.0.1;Port=1;Password=the-secret;Timeout=soon")]
    [InlineData("Password=the-secret")]
    public async Task A_connection_string_that_cannot_be_used_is_not_repeated(string text)
    {
        var process = await RefusedAsync(
            "Storage:Postgres:ConnectionString (environment variable Storage__Postgres__ConnectionString) is not acceptable.",
            ["Storage:Engine=Postgres", "Storage:Postgres:ConnectionString=" + text, .. SharedTokens]);

        Assert.DoesNotContain("the-secret", process.Errors + process.Output, StringComparison.Ordinal);
    }

    /// <summary>Another exit code than that of a failure which may pass: systemd does not try again.</summary>
    [Fact]
    public async Task Data_that_is_no_store_is_named_with_an_exit_code_of_its_own()
    {
        System.IO.Directory.CreateDirectory(_folder.Data);
        await File.WriteAllTextAsync(Path.Combine(_folder.Data, "clients.db"), "no store");

        await using var process = ServerProcess.Launch(_folder, []);
        await process.EndedAsync(StartTime);

        Assert.Equal(65, process.ExitCode);
        Assert.Contains("Nothing was changed.", process.Errors, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", process.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_log_level_that_there_is_not_is_named() => await RefusedAsync(
        "Logging:LogLevel:Default (environment variable Logging__LogLevel__Default) is 'Loud'. Allowed: Trace or",
        "Logging:LogLevel:Default=Loud");

    [Fact]
    public async Task The_token_of_a_created_file_is_no_initial_access_token()
    {
        await using (await ServerProcess.StartAsync(_folder))
        {
        }

        await RefusedAsync(
            $"admin.token and DYNAMIC_CLIENT_REGISTRATION_TOKEN have the same token.", createsNothing: false,
            "DYNAMIC_CLIENT_REGISTRATION_TOKEN=" + (await File.ReadAllTextAsync(_folder.AdminTokenFile)).Trim());
    }

    [Fact]
    public async Task A_database_that_is_away_is_named_once_and_the_start_can_be_stopped()
    {
        if (OperatingSystem.IsWindows())
        {
            Assert.Skip("SIGTERM is tested on Unix only: Windows has none.");
        }

        await using var process = ServerProcess.Launch(
            _folder,
            [
                "Storage:Engine=Postgres", .. SharedTokens,
                $"Storage:Postgres:ConnectionString=Host=127.0.0.1;Port={FreePort.Next()};Username=dcr;Password=the-secret",
            ]);
        var line = await process.LineWithAsync(ServerProcess.DatabaseIsAway, StartTime);
        await Task.Delay(TimeSpan.FromSeconds(2), TestContext.Current.CancellationToken);
        await process.SignalTermAsync();
        await process.EndedAsync(StartTime);

        Assert.Contains("PostgreSQL at 127.0.0.1, database dcr, schema grpcdcr: Connection refused;", line, StringComparison.Ordinal);
        Assert.Single(process.Output.Split(ServerProcess.DatabaseIsAway)[1..]);
        Assert.Equal((0, ""), (process.ExitCode, process.Errors));
        Assert.DoesNotContain("the-secret", process.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("Exception", process.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_certificate_that_is_renewed_is_taken_up()
    {
        var before = TestCertificate.Make(_folder.Path);

        // Kestrel opens the listener anew, so any free port would be another one.
        await using var server = await ServerProcess.StartAsync(
            _folder, before, $"Kestrel:Endpoints:Public:Url=https://127.0.0.1:{FreePort.Next()}");
        using var client = new HttpClient(before.TrustingHandler());
        Assert.Equal(HttpStatusCode.NotFound, (await client.GetAsync(server.Issuer + "/")).StatusCode);

        var renewed = TestCertificate.Make(_folder.Path);

        using var end = new CancellationTokenSource(StartTime);
        while (!await IsTrustedAsync(renewed, server.Issuer))
        {
            await Task.Delay(TimeSpan.FromMilliseconds(200), end.Token);
        }
    }

    private static async Task<bool> IsTrustedAsync(TestCertificate certificate, string issuer)
    {
        using var client = new HttpClient(certificate.TrustingHandler());
        try
        {
            using var answer = await client.GetAsync(issuer + "/");
            return true;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }

    private Task<ChildProcess> RefusedAsync(string message, params string[] settings) =>
        RefusedAsync(message, createsNothing: true, settings);

    private async Task<ChildProcess> RefusedAsync(string message, bool createsNothing, params string[] settings)
    {
        await using var process = ServerProcess.Launch(_folder, settings);
        await process.EndedAsync(StartTime);

        Assert.Equal(78, process.ExitCode);
        Assert.Contains(message, process.Errors, StringComparison.Ordinal);
        Assert.StartsWith("The configuration is not acceptable:", process.Errors, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", process.Errors, StringComparison.Ordinal);
        Assert.DoesNotContain("Exception", process.Errors, StringComparison.Ordinal);
        Assert.Equal("", process.Output);
        Assert.Equal(createsNothing, !System.IO.Directory.Exists(_folder.Data));
        return process;
    }
}
