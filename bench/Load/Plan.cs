using GrpcDcr.Bench.Load.Growing;
using GrpcDcr.Bench.Load.Measuring;
using GrpcDcr.Bench.Load.Opinions;
using GrpcDcr.Bench.Load.Subjects;

namespace GrpcDcr.Bench.Load;

/// <summary>What is measured, in which order.</summary>
internal sealed class Plan(LoadOptions options, Workbench bench, Engine engine)
{
    /// <summary>Clients that are authenticated and looked up; all of them fit into the store's cache.</summary>
    private const int DirectoryClients = 10_000;

    private const int MemoryStep = 10_000;
    private const int MemoryTotal = 100_000;

    private static readonly int[] Concurrencies = [16, 64];

    private readonly List<Comparison> _comparisons = [];

    public async Task<Report> RunAsync()
    {
        var report = new Report();
        report.AddMachine(Machine.Describe(bench.FolderOf("probe")), options.ServerCore, engine.Name);
        if (options.Growth is { } clients)
        {
            report.Add(await new GrowthPlan(options, bench, engine).RunAsync(clients));
            return report;
        }

        await RegistrationAsync(report);
        await DirectoryAsync();
        report.Add(_comparisons);
        if (options.Includes("memory"))
        {
            using var service = await Service.StartAsync(bench, engine, "memory");
            report.Add(await MemoryGrowth.RunAsync(service, MemoryStep, MemoryTotal));
        }

        return report;
    }

    private async Task RegistrationAsync(Report report)
    {
        const string Http = "registration, HTTP", Grpc = "registration, gRPC";
        if (!options.Includes(Http) && !options.Includes(Grpc))
        {
            return;
        }

        using var service = await Service.StartAsync(bench, engine, "registration");
        using var calls = service.SampleCalls();
        var exchange = await calls.RegisterAsync(RegistrationRequest.Message);
        using var floors = await Floors.StartAsync(bench, (await service.RegisterAsync(1))[0].AnswerBytes);
        using var peers = await Peers.StartAsync(bench);
        foreach (var concurrency in Concurrencies)
        {
            await CompareAsync(
                Http, concurrency, floors.BareEndpoint(), service.RegistrationOverHttp(), peers.Contenders);
            await CompareAsync(Grpc, concurrency, floors.Echo(exchange, token: null), service.RegistrationOverGrpc());
        }

        if (options.SecondOpinion)
        {
            report.Add(await SecondOpinion.RunAsync(bench, floors, service, Concurrencies[0], options.Pace));
        }
    }

    private async Task DirectoryAsync()
    {
        const string Authenticate = "AuthenticateClient", Get = "GetClient";
        if (!options.Includes(Authenticate) && !options.Includes(Get))
        {
            return;
        }

        using var service = await Service.StartAsync(bench, engine, "directory");
        var clients = await service.RegisterAsync(DirectoryClients);
        using var calls = service.SampleCalls();
        var authentication = await calls.AuthenticateAsync(Service.AuthenticationOf(clients[0]));
        var lookup = await calls.GetAsync(Service.LookupOf(clients[0]));
        using var floors = await Floors.StartAsync(bench, clients[0].AnswerBytes);
        foreach (var concurrency in Concurrencies)
        {
            await CompareAsync(
                Authenticate, concurrency, floors.Echo(authentication, Service.DirectoryToken), service.AuthenticateClient(clients));
            await CompareAsync(Get, concurrency, floors.Echo(lookup, Service.DirectoryToken), service.GetClient(clients));
        }
    }

    private async Task CompareAsync(
        string name, int concurrency, Contender floor, Contender subject, IReadOnlyList<Contender>? peers = null)
    {
        if (options.Includes(name))
        {
            await Console.Error.WriteLineAsync($"{name}, {concurrency} at once");
            _comparisons.Add(await Comparison.RunAsync(name, concurrency, options.Pace, floor, subject, peers ?? []));
        }
    }
}
