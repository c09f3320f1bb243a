using System.Net;
using System.Net.Http.Json;
using System.Net.Sockets;
using System.Text;
using GrpcDcr.TestKit.Running;

namespace GrpcDcr.Interop.Tests;

/// <summary>What the unit in <c>packaging/systemd</c> relies on: notifications, credentials, log levels.</summary>
public sealed class SystemdTests : IDisposable
{
    private static readonly TimeSpan StartTime = TimeSpan.FromSeconds(60);

    private readonly DataFolder _folder = new();
    private readonly Socket _systemd = new(AddressFamily.Unix, SocketType.Dgram, ProtocolType.Unspecified);

    public SystemdTests()
    {
        if (OperatingSystem.IsWindows())
        {
            Assert.Skip("The notifications of systemd are tested on Unix only.");
        }

        _systemd.Bind(new UnixDomainSocketEndPoint(NotifySocket));
    }

    private string NotifySocket => Path.Combine(_folder.Path, "notify");

    public void Dispose()
    {
        _systemd.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public async Task Systemd_is_told_that_the_service_is_ready_once_the_store_is_open_and_that_it_stops()
    {
        await using var postgres = await PostgresServer.StartAsync("fsync=off");
        await using var relay = new TcpRelay(postgres.Port) { Refusing = true };
        var managementPort = FreePort.Next();
        await using var process = ServerProcess.Launch(
            _folder,
            [
                $"Kestrel:Endpoints:Management:Url=http://127.0.0.1:{managementPort}",
                $"NOTIFY_SOCKET={NotifySocket}",
                "Storage:Engine=Postgres", $"Storage:Postgres:ConnectionString={postgres.ConnectionString};Port={relay.Port}",
                "Authentication:Tokens:ops:Token=of-the-tests-and-long", "Authentication:Tokens:ops:Roles=admin",
            ]);

        Assert.Equal("STATUS=Waiting for the store", await NextNotificationAsync());
        using var http = new HttpClient();
        using var notReady = await http.GetAsync($"http://127.0.0.1:{managementPort}/health/ready");
        Assert.Equal((HttpStatusCode.ServiceUnavailable, 0), (notReady.StatusCode, _systemd.Available));
        relay.Refusing = false;
        Assert.Equal("READY=1\nSTATUS=Ready", await NextNotificationAsync());
        await process.SignalTermAsync();
        Assert.Equal("STOPPING=1", await NextNotificationAsync());
        await process.EndedAsync(StartTime);
        Assert.Equal((0, ""), (process.ExitCode, process.Errors));
    }

    [Fact]
    public async Task Credentials_are_settings_by_the_names_of_their_files_and_the_journal_gets_levels()
    {
        var credentials = System.IO.Directory.CreateDirectory(Path.Combine(_folder.Path, "credentials")).FullName;
        await File.WriteAllTextAsync(Path.Combine(credentials, "DYNAMIC_CLIENT_REGISTRATION_TOKEN"), "initial-token-of-the-tests\n");
        await File.WriteAllTextAsync(Path.Combine(credentials, "of.another.program"), "nothing");
        await using var server = await ServerProcess.StartAsync(
            _folder, $"CREDENTIALS_DIRECTORY={credentials}", "Logging:Console:FormatterName=systemd",
            $"NOTIFY_SOCKET={NotifySocket}", "INVOCATION_ID=1", "JOURNAL_STREAM=8:1", "SYSTEMD_EXEC_PID=1",
            $"STATE_DIRECTORY={_folder.Path}");

        Assert.Equal("READY=1\nSTATUS=Ready", await NextNotificationAsync());
        Assert.Equal(HttpStatusCode.Unauthorized, await RegisterAsync(server));
        server.Public.DefaultRequestHeaders.Authorization = new("Bearer", "initial-token-of-the-tests");
        Assert.Equal(HttpStatusCode.Created, await RegisterAsync(server));
        Assert.All(server.Process.Output.Trim().Split('\n'), line => Assert.Matches("^<[0-7]>", line));
        Assert.Contains("\n<4>", server.Process.Output, StringComparison.Ordinal);
    }

    private async Task<string> NextNotificationAsync()
    {
        var received = new byte[4096];
        using var patience = new CancellationTokenSource(StartTime);
        var length = await _systemd.ReceiveAsync(received.AsMemory(), patience.Token);
        return Encoding.UTF8.GetString(received, 0, length);
    }

    private static async Task<HttpStatusCode> RegisterAsync(ServerProcess server)
    {
        using var answer = await server.Public.PostAsJsonAsync(
            "/oauth/register", new { redirect_uris = new[] { "https://app.example/cb" } });
        return answer.StatusCode;
    }
}
