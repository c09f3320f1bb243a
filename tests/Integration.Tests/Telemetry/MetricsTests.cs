using System.Net;
using GrpcDcr.Server.Endpoints.Security;
using GrpcDcr.Server.Telemetry;
using GrpcDcr.TestKit.Running;
using GrpcDcr.TestKit.Service;
using GrpcDcr.V1;

namespace GrpcDcr.Integration.Tests.Telemetry;

/// <summary>Every instrument of the table appears at the management listener after the act that it counts.</summary>
public sealed class MetricsTests(MeasuredServer server) : IClassFixture<MeasuredServer>
{
    /// <summary>Labels that the exporter adds.</summary>
    private static readonly string[] OfExporter = ["otel_scope_name", "otel_scope_version", "le"];

    private static readonly HashSet<string> Reasons =
        [.. Enum.GetValues<ErrorReason>().Where(reason => reason != ErrorReason.Unspecified).Select(ErrorReasons.NameOf)];

    internal static IReadOnlyDictionary<Instrument, Func<MeasuredServer, Task>> Acts { get; } =
        new Dictionary<Instrument, Func<MeasuredServer, Task>>
        {
            [InstrumentTable.Calls] = server => server.LookUpAsync(),
            [InstrumentTable.Registrations] = server => server.RegisterAsync(),
            [InstrumentTable.Refusals] = server => server.CallWithWrongTokenAsync(),
            [InstrumentTable.LimitRefusals] = server => server.CallWithWrongTokenAsync(),
            [InstrumentTable.LimitFallbacks] = server => server.RegisterAsync(),
            [InstrumentTable.LimitsShared] = Nothing,
            [InstrumentTable.Authentications] = server => server.FailToAuthenticateAsync(),
            [InstrumentTable.PendingClients] = Nothing,
            [InstrumentTable.OldestPendingAge] = Nothing,
            [InstrumentTable.Commits] = server => server.RegisterAsync(),
            [InstrumentTable.BatchSize] = server => server.RegisterAsync(),
            [InstrumentTable.Reads] = server => server.LookUpUnknownAsync(),
            [InstrumentTable.JournalSyncs] = server => server.RegisterAsync(),
            [InstrumentTable.QueuedChanges] = Nothing,
            [InstrumentTable.UnappliedRecords] = Nothing,
            [InstrumentTable.StoreReady] = Nothing,
            [InstrumentTable.CacheLookups] = server => server.LookUpAsync(),
            [InstrumentTable.CacheSize] = Nothing,
            [InstrumentTable.Fetches] = server => server.RegisterWithKeysThatCannotBeFetchedAsync(),
        };

    /// <summary>With PostgreSQL.</summary>
    private static readonly Instrument[] OfPostgres = [InstrumentTable.FeedLag];

    public static TheoryData<string> Names => [.. InstrumentTable.All.Except(OfPostgres).Select(row => row.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task An_instrument_appears_after_what_it_counts(string name)
    {
        var row = InstrumentTable.All.Single(row => row.Name == name);

        await Acts[row](server);

        IsShown(row, await Scrape.WithAsync(server.Process, scrape => scrape.Of(row).Any()));
    }

    [Fact]
    public async Task Instruments_of_PostgreSQL_appear_with_it()
    {
        await using var postgres = await PostgresServer.StartAsync("fsync=off");
        using var folder = new DataFolder();
        System.IO.Directory.CreateDirectory(folder.Data);
        await File.WriteAllTextAsync(folder.AdminTokenFile, RunningServer.AdminToken);
        await File.WriteAllTextAsync(folder.DirectoryTokenFile, RunningServer.DirectoryToken);
        await using var process = await ServerProcess.StartAsync(
            folder, "Telemetry:Prometheus=true", "Storage:Engine=Postgres",
            "Storage:Postgres:ConnectionString=" + postgres.ConnectionString,
            "Authentication:Tokens:admin:TokenFile=" + folder.AdminTokenFile, "Authentication:Tokens:admin:Roles=admin");
        using var registered = await process.Public.PostAsync(RegistrationCalls.Path, Bodies.Json(Bodies.Smallest));
        Assert.Equal(HttpStatusCode.Created, registered.StatusCode);

        Instrument[] rows =
        [
            .. OfPostgres, InstrumentTable.Commits, InstrumentTable.BatchSize, InstrumentTable.QueuedChanges, InstrumentTable.CacheSize,
        ];
        foreach (var row in rows)
        {
            IsShown(row, await Scrape.WithAsync(process, scrape => scrape.Of(row).Any()));
        }

        var scrape = await Scrape.OfAsync(process);
        Assert.InRange(scrape.Of(InstrumentTable.FeedLag).Single().Value, 0, 5);
        Assert.Equal("postgresql", scrape.Of(InstrumentTable.Commits).Single().Labels["db_system_name"]);
        Assert.Contains("""db_client_connection_pool_name="grpcdcr""", scrape.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Registrations_count_by_who_made_the_client()
    {
        await server.RegisterAsync();
        await server.CreateAsync();

        await Scrape.WithAsync(server.Process, scrape => new[] { ("registered", "open"), ("created", "administrator") }.All(
            made => scrape.Of(InstrumentTable.Registrations).Any(sample =>
                (sample.Labels["grpcdcr_client_origin"], sample.Labels["grpcdcr_admission"]) == made)));
    }

    /// <summary>Otherwise the cache would hide what the disk takes.</summary>
    [Fact]
    public async Task A_lookup_from_memory_is_no_read_of_the_store()
    {
        var id = (await server.RegisterAsync()).GetProperty("client_id").GetString()!;
        await server.LookUpUnknownAsync();
        await server.LookUpAsync(id);
        var before = await Scrape.WithAsync(server.Process, scrape => Finds(scrape) > 0);

        await server.LookUpAsync(id);
        await server.LookUpAsync(id);

        // The first of the two may be the one that reads the client, if it was applied to the store since it was looked up before.
        var after = await Scrape.WithAsync(server.Process, scrape => All(scrape) >= All(before) + 2);
        Assert.True(Lookups(after, "hit") > Lookups(before, "hit"));
        Assert.Equal(Lookups(after, "miss") - Lookups(before, "miss"), Finds(after) - Finds(before));
    }

    /// <summary>What callers choose is no value of an attribute: it would be unbounded, and personal.</summary>
    [Fact]
    public async Task Nothing_of_a_client_is_shown()
    {
        const string Name = "A name that nobody else has";
        var client = await server.RegisterAsync(
            $$"""{ "redirect_uris": ["https://unheard-of.example/callback"], "client_name": "{{Name}}" }""");
        var id = client.GetProperty("client_id").GetString()!;
        await server.LookUpAsync(id);
        using var read = new HttpRequestMessage(HttpMethod.Get, client.GetProperty("registration_client_uri").GetString());
        read.Headers.Authorization = new("Bearer", client.GetProperty("registration_access_token").GetString());
        using var own = await server.Process.Public.SendAsync(read);
        Assert.Equal(HttpStatusCode.OK, own.StatusCode);
        using var admin = await server.Process.Admin.GetAsync($"/admin/v1/clients/{id}");
        Assert.Equal(HttpStatusCode.OK, admin.StatusCode);

        var scrape = await Scrape.WithAsync(
            server.Process, scrape => scrape.Text.Contains("/admin/v1/clients/{client_id}", StringComparison.Ordinal));

        Assert.DoesNotContain(id, scrape.Text, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain(Name, scrape.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("unheard-of", scrape.Text, StringComparison.Ordinal);
        Assert.DoesNotContain(read.Headers.Authorization.Parameter!, scrape.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Calls_that_are_refused_before_the_service_count_by_their_status()
    {
        await MeasuredServer.FailAsync(server.Directory(token: null).GetClientAsync(new() { ClientId = "x" }));

        await Scrape.WithAsync(server.Process, scrape => scrape.Of(InstrumentTable.Calls).Any(sample =>
            sample.Labels["rpc_response_status_code"] == "UNAUTHENTICATED"
            && sample.Labels["rpc_method"] == "grpcdcr.directory.v1.ClientDirectory/GetClient"));
    }

    [Fact]
    public async Task Other_listeners_have_no_metrics_and_no_listener_has_them_unasked()
    {
        await using var silent = await RunningServer.StartAsync();
        using var anybody = new HttpClient();
        foreach (var address in new[] { server.Process.Public.BaseAddress!, server.Process.Admin.BaseAddress!, silent.ManagementAddress })
        {
            Assert.Equal(HttpStatusCode.NotFound, (await anybody.GetAsync(new Uri(address, "/metrics"))).StatusCode);
        }

        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(server.Process.InternalAddress, "/metrics"))
        {
            Version = HttpVersion.Version20,
            VersionPolicy = HttpVersionPolicy.RequestVersionExact,
        };
        Assert.Equal(HttpStatusCode.NotFound, (await anybody.SendAsync(request)).StatusCode);
    }

    private static double Finds(Scrape scrape) => scrape.Of(InstrumentTable.Reads)
        .Where(sample => (sample.Labels["db_operation_name"], sample.Labels["db_collection_name"]) == ("find", "clients"))
        .Sum(sample => sample.Value);

    private static double Lookups(Scrape scrape, string result) => scrape.Of(InstrumentTable.CacheLookups)
        .Where(sample => sample.Labels["grpcdcr_cache_result"] == result).Sum(sample => sample.Value);

    private static double All(Scrape scrape) => Lookups(scrape, "hit") + Lookups(scrape, "miss");

    private static void IsShown(Instrument row, Scrape scrape)
    {
        Assert.Contains($"# TYPE {row.PrometheusName} {row.Kind.ToString().ToLowerInvariant()}", scrape.Text, StringComparison.Ordinal);
        foreach (var (label, value) in scrape.Of(row).SelectMany(sample => sample.Labels).Where(label => !OfExporter.Contains(label.Key)))
        {
            var attribute = row.Attributes.Single(attribute => attribute.PrometheusName == label);
            Assert.Contains(value, attribute == Attributes.RpcMethod ? Policies.Methods
                : attribute == Attributes.Error ? Reasons
                : attribute.Values);
        }
    }

    private static Task Nothing(MeasuredServer server) => Task.CompletedTask;
}
