using System.Net;
using System.Text;
using GrpcDcr.TestKit.Running;

namespace GrpcDcr.Interop.Tests;

/// <summary>While the database is away at the start, the service listens, says why it is not ready, and refuses calls for now.</summary>
public sealed class StoreOpeningTests : IDisposable
{
    private static readonly TimeSpan StartTime = TimeSpan.FromSeconds(60);

    private readonly DataFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_service_whose_database_is_away_answers_health_and_is_ready_once_the_database_is_there()
    {
        await using var postgres = await PostgresServer.StartAsync("fsync=off");
        await using var relay = new TcpRelay(postgres.Port) { Refusing = true };
        var (publicPort, managementPort) = (FreePort.Next(), FreePort.Next());
        await using var process = ServerProcess.Launch(
            _folder,
            [
                "Storage:Engine=Postgres", $"Storage:Postgres:ConnectionString={postgres.ConnectionString};Port={relay.Port}",
                "Authentication:Tokens:ops:Token=of-the-tests-and-long", "Authentication:Tokens:ops:Roles=admin",
                $"Kestrel:Endpoints:Public:Url=http://127.0.0.1:{publicPort}",
                $"Kestrel:Endpoints:Management:Url=http://127.0.0.1:{managementPort}",
            ]);
        await process.LineWithAsync("Listening: public", StartTime);
        using var http = new HttpClient();
        var (health, registration) = ($"http://127.0.0.1:{managementPort}/health", $"http://127.0.0.1:{publicPort}/oauth/register");

        using var notReady = await http.GetAsync($"{health}/ready");
        Assert.Equal(HttpStatusCode.ServiceUnavailable, notReady.StatusCode);
        Assert.Contains("The store is not open", await notReady.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        using var live = await http.GetAsync($"{health}/live");
        Assert.Equal(HttpStatusCode.OK, live.StatusCode);
        using var refused = await http.PostAsync(registration, Document());
        Assert.Equal(HttpStatusCode.ServiceUnavailable, refused.StatusCode);
        Assert.Contains("temporarily_unavailable", await refused.Content.ReadAsStringAsync(), StringComparison.Ordinal);

        relay.Refusing = false;
        await process.LineWithAsync("Registration is", StartTime);
        using var ready = await http.GetAsync($"{health}/ready");
        Assert.Equal(HttpStatusCode.OK, ready.StatusCode);
        using var registered = await http.PostAsync(registration, Document());
        Assert.Equal(HttpStatusCode.Created, registered.StatusCode);

        await process.SignalTermAsync();
        await process.EndedAsync(StartTime);
        Assert.Equal((0, ""), (process.ExitCode, process.Errors));
    }

    private static StringContent Document() =>
        new("""{"redirect_uris":["https://app.example/cb"]}""", Encoding.UTF8, "application/json");
}
