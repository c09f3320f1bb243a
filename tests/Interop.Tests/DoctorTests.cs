using GrpcDcr.TestKit.Running;

namespace GrpcDcr.Interop.Tests;

/// <summary><c>doctor</c> with real services: it says what works, and what to do about what does not.</summary>
public sealed class DoctorTests
{
    private static readonly TimeSpan CommandTime = TimeSpan.FromSeconds(60);

    private static readonly string[] Endpoints =
        ["Metadata:AuthorizationEndpoint=https://as.example/authorize", "Metadata:TokenEndpoint=https://as.example/token"];

    [Fact]
    public async Task Finds_nothing_wrong_with_a_service_that_runs()
    {
        using var folder = new DataFolder();
        await using var server = await ServerProcess.StartAsync(folder, Endpoints);

        var doctor = await RunAsync(folder, [ManagementOf(server), $"PublicBaseUrl={server.Issuer}", .. Endpoints]);

        Assert.True(doctor.ExitCode == 0, doctor.Output + doctor.Errors);
        Assert.All(LinesOf(doctor), line => Assert.StartsWith("good ", line, StringComparison.Ordinal));
        Assert.Contains(LinesOf(doctor), line => line.Contains("service: it is ready", StringComparison.Ordinal));
        Assert.Contains(LinesOf(doctor), line => line.Contains("reach the service", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Looks_at_the_certificate_that_clients_see()
    {
        using var folder = new DataFolder();
        var certificate = TestCertificate.Make(folder.Path);
        await using var server = await ServerProcess.StartAsync(folder, certificate, Endpoints);
        var origin = new UriBuilder(server.Issuer) { Host = "localhost" }.Uri.GetLeftPart(UriPartial.Authority);
        string[] settings =
        [
            ManagementOf(server), .. certificate.Settings, $"Kestrel:Endpoints:Public:Url={server.Issuer}", $"PublicBaseUrl={origin}",
            .. Endpoints,
        ];

        var distrusting = await RunAsync(folder, settings);
        var trusting = await RunAsync(folder, [.. settings, $"SSL_CERT_FILE={certificate.CertificateFile}"]);

        Assert.Equal(1, distrusting.ExitCode);
        Assert.Contains($"failed   proxy: the certificate at {origin} is not trusted", distrusting.Output, StringComparison.Ordinal);
        Assert.True(trusting.ExitCode == 0, trusting.Output + trusting.Errors);
        Assert.Contains("warning  TLS: the certificate of Public expires at ", trusting.Output, StringComparison.Ordinal);
        Assert.Contains("good     proxy: ", trusting.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Looks_at_PostgreSQL_and_Redis()
    {
        await using var postgres = await PostgresServer.StartAsync("fsync=off");
        await using var redis = await RedisServer.StartAsync();
        using var folder = new DataFolder();
        string[] settings =
        [
            "Storage:Engine=Postgres", $"Storage:Postgres:ConnectionString={postgres.ConnectionString};Password=hidden",
            "RateLimit:Store=Redis", $"RateLimit:Redis:ConnectionString={redis.ConnectionString}",
            "Authentication:Tokens:admin:Token=an-administrator-of-the-tests", "Authentication:Tokens:admin:Roles=admin",
            "Authentication:Tokens:directory:Token=a-directory-of-the-tests", "Authentication:Tokens:directory:Roles=directory",
        ];

        var empty = await RunAsync(folder, settings);
        await ServerProcess.Launch(folder, ["migrate"], settings).EndedAsync(CommandTime);
        var migrated = await RunAsync(folder, settings);
        await postgres.StopAsync();
        await redis.StopAsync();
        var away = await RunAsync(folder, settings);

        Assert.Equal((1, 0, 1), (empty.ExitCode, migrated.ExitCode, away.ExitCode));
        Assert.Contains("Run the command 'migrate'", Assert.Single(LinesOf(empty), IsFailed), StringComparison.Ordinal);
        Assert.Contains("good     store: the tables are those of this program.", migrated.Output, StringComparison.Ordinal);
        Assert.Contains("good     store: the clocks of PostgreSQL", migrated.Output, StringComparison.Ordinal);
        Assert.Contains("good     Redis: the clocks of Redis", migrated.Output, StringComparison.Ordinal);
        Assert.Equal(["store", "Redis"], LinesOf(away).Where(IsFailed).Select(line => line.Split(':')[0][9..]));
        Assert.Equal("2 checks failed.", away.Errors.Trim());
        Assert.DoesNotContain("hidden", empty.Output + migrated.Output + away.Output, StringComparison.Ordinal);
    }

    private static bool IsFailed(string line) => line.StartsWith("failed ", StringComparison.Ordinal);

    private static string[] LinesOf(ChildProcess process) =>
        process.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    private static string ManagementOf(ServerProcess server) =>
        $"Kestrel:Endpoints:Management:Url={server.Management.BaseAddress!.GetLeftPart(UriPartial.Authority)}";

    private static async Task<ChildProcess> RunAsync(DataFolder folder, string[] settings)
    {
        var process = ServerProcess.Launch(folder, ["doctor"], settings);
        await process.EndedAsync(CommandTime);
        return process;
    }
}
