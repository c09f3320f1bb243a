using System.Net;
using System.Text.Json;
using Grpc.Core;
using Grpc.Net.Client;
using GrpcDcr.Server.Telemetry;
using GrpcDcr.TestKit.Running;
using GrpcDcr.TestKit.Service;
using GrpcDcr.V1;

namespace GrpcDcr.Integration.Tests.Telemetry;

/// <summary>A caller's trace goes on through the service into the store and into the log.</summary>
public sealed class TraceTests
{
    private const string TraceId = "0af7651916cd43dd8448eb211c80319c";
    private const string CallerId = "b7ad6b7169203331";
    private const string TraceParent = $"00-{TraceId}-{CallerId}-01";

    [Fact]
    public async Task From_an_http_caller_to_the_embedded_store_the_log_and_the_fetcher()
    {
        await using var collector = await Collector.StartAsync();
        using var folder = new DataFolder();
        await using var server = await ServerProcess.StartAsync(
            folder,
            [
                .. collector.Settings, "Logging:Console:FormatterOptions:IncludeScopes=true", "Registration:CheckJwksUri=true",
                "Registration:TokenEndpointAuthMethods=client_secret_basic none private_key_jwt",
            ]);

        await RegisterAsync(server, Bodies.Smallest, HttpStatusCode.Created);

        var request = await SpanAsync(collector, span => span.ParentId == CallerId);
        Assert.Equal("POST /oauth/register", request.Name);
        var commit = await SpanAsync(collector, span => span.Name == "store commit" && span.ParentId == request.Id);
        Assert.Equal("litedb", commit.Texts["db.system.name"]);
        await AdminGetAsync(server, "/admin/v1/clients");
        var list = await SpanAsync(collector, span => span.Name == "GET /admin/v1/clients");
        var read = await SpanAsync(collector, span => span.Name == "store read" && span.ParentId == list.Id);
        Assert.Equal(
            ("litedb", "list", "clients"),
            (read.Texts["db.system.name"], read.Texts["db.operation.name"], read.Texts["db.collection.name"]));
        Assert.Contains("TraceId:" + TraceId, server.Process.Output, StringComparison.Ordinal);
        var trace = Convert.FromHexString(TraceId);
        await collector.WaitAsync(all => all.BodiesOf("logs").FirstOrDefault(body => body.AsSpan().IndexOf(trace) >= 0));
        await collector.WaitAsync(
            all => all.BodiesOf("metrics").FirstOrDefault(body => body.AsSpan().IndexOf("grpcdcr.registrations"u8) >= 0));

        await RegisterAsync(
            server,
            """
            {
              "redirect_uris": ["https://app.example/callback"], "token_endpoint_auth_method": "private_key_jwt",
              "jwks_uri": "https://192.0.2.1/keys"
            }
            """,
            HttpStatusCode.BadRequest);
        var fetch = await SpanAsync(collector, span => span.Name == "document fetch");
        Assert.Equal(("192.0.2.1", "failed"), (fetch.Texts["server.address"], fetch.Texts["error.type"]));
        await SpanAsync(collector, span => span.Id == fetch.ParentId && span.ParentId == CallerId);
        Assert.DoesNotContain("the-key-of-the-tests", server.Process.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task From_a_grpc_caller_to_PostgreSQL()
    {
        await using var postgres = await PostgresServer.StartAsync("fsync=off");
        await using var collector = await Collector.StartAsync();
        using var folder = new DataFolder();
        System.IO.Directory.CreateDirectory(folder.Data);
        await File.WriteAllTextAsync(folder.AdminTokenFile, RunningServer.AdminToken);
        await File.WriteAllTextAsync(folder.DirectoryTokenFile, RunningServer.DirectoryToken);
        await using var server = await ServerProcess.StartAsync(
            folder,
            [
                .. collector.Settings, "Storage:Engine=Postgres", "Storage:Postgres:ConnectionString=" + postgres.ConnectionString,
                "Authentication:Tokens:admin:TokenFile=" + folder.AdminTokenFile, "Authentication:Tokens:admin:Roles=admin",
            ]);
        using var channel = GrpcChannel.ForAddress(server.InternalAddress);

        await new ClientRegistration.ClientRegistrationClient(channel).RegisterClientAsync(
            new() { Metadata = new ClientMetadata { RedirectUris = { "https://app.example/callback" } } },
            new Metadata { { "traceparent", TraceParent } });

        var request = await SpanAsync(collector, span => span.ParentId == CallerId);
        Assert.Equal(
            ("grpcdcr.v1.ClientRegistration/RegisterClient", "OK"),
            (request.Texts["rpc.method"], request.Texts["rpc.response.status_code"]));
        var commit = await SpanAsync(collector, span => span.Name == "store commit");
        Assert.Equal((TraceId, request.Id, "postgresql"), (commit.TraceId, commit.ParentId, commit.Texts["db.system.name"]));

        // The polls of the change feed would be four traces a second.
        Assert.DoesNotContain(collector.Spans, span => span.ParentId.Length == 0);
    }

    [Fact]
    public async Task Without_metrics_which_are_for_Prometheus_alone()
    {
        await using var collector = await Collector.StartAsync();
        using var folder = new DataFolder();
        await using var server = await ServerProcess.StartAsync(
            folder, [.. collector.Settings, "OTEL_METRICS_EXPORTER=none", "Telemetry:Prometheus=true"]);

        await RegisterAsync(server, Bodies.Smallest, HttpStatusCode.Created);

        await Scrape.WithAsync(server, scrape => scrape.Of(InstrumentTable.Registrations).Any());
        await SpanAsync(collector, span => span.ParentId == CallerId);
        await collector.WaitAsync(all => all.BodiesOf("logs").FirstOrDefault());
        await server.Process.SignalTermAsync();
        await server.Process.EndedAsync(TimeSpan.FromSeconds(60));
        Assert.DoesNotContain(collector.BodiesOf("metrics"), body => body.AsSpan().IndexOf("grpcdcr."u8) >= 0);
    }

    [Fact]
    public async Task Into_log_lines_that_are_json_by_one_setting()
    {
        using var folder = new DataFolder();
        await using var server = ServerProcess.Launch(folder, "Logging:Console:FormatterName=json");
        using var started = JsonDocument.Parse(await server.LineWithAsync("Listening: public", TimeSpan.FromSeconds(60)));
        var address = started.RootElement.GetProperty("State").GetProperty("Public").GetString()!;
        using var caller = new HttpClient { BaseAddress = new Uri(address) };
        await server.LineWithAsync("Registration is", TimeSpan.FromSeconds(60));

        using var request = RequestOf(Bodies.Smallest);
        using var response = await caller.SendAsync(request);

        Assert.Equal(HttpStatusCode.Created, response.StatusCode);
        await Eventually.HoldsAsync(() => Task.FromResult(server.Output.Contains("CLIENT_REGISTERED", StringComparison.Ordinal)));
        var line = server.Output.Split('\n').Single(line => line.Contains("CLIENT_REGISTERED", StringComparison.Ordinal));
        using var logged = JsonDocument.Parse(line);
        Assert.Contains(
            logged.RootElement.GetProperty("Scopes").EnumerateArray(),
            scope => scope.TryGetProperty("TraceId", out var id) && id.GetString() == TraceId && scope.TryGetProperty("SpanId", out _));
        Assert.Equal(
            response.Headers.GetValues("X-Request-ID").Single(),
            logged.RootElement.GetProperty("State").GetProperty("RequestId").GetString());
    }

    private static async Task RegisterAsync(ServerProcess server, string document, HttpStatusCode status)
    {
        using var request = RequestOf(document);
        using var response = await server.Public.SendAsync(request);
        Assert.Equal(status, response.StatusCode);
    }

    private static async Task AdminGetAsync(ServerProcess server, string path)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path) { Headers = { { "traceparent", TraceParent } } };
        using var response = await server.Admin.SendAsync(request);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
    }

    private static HttpRequestMessage RequestOf(string document) =>
        new(HttpMethod.Post, RegistrationCalls.Path) { Content = Bodies.Json(document), Headers = { { "traceparent", TraceParent } } };

    private static async Task<ReceivedSpan> SpanAsync(Collector collector, Func<ReceivedSpan, bool> isIt)
    {
        var found = await collector.WaitAsync(all => all.Spans.FirstOrDefault(isIt));
        Assert.Equal(TraceId, found.TraceId);
        return found;
    }
}
