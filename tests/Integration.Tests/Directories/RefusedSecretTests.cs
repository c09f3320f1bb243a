using System.Diagnostics;
using Grpc.Core;
using GrpcDcr.Server.Credentials;
using GrpcDcr.Server.Errors;
using GrpcDcr.Server.Storage;
using GrpcDcr.TestKit.Running;
using GrpcDcr.TestKit.Service;
using Microsoft.Extensions.DependencyInjection;

namespace GrpcDcr.Integration.Tests.Directories;

/// <summary>With every engine, the time of a refused secret does not say whether the client exists.</summary>
public sealed class RefusedSecretTests
{
    private const string Unknown = "0190b6a4-0000-7000-8000-000000000000";

    public static TheoryData<string> Engines => ["LiteDb", "Postgres"];

    [Theory]
    [MemberData(nameof(Engines))]
    public async Task Costs_the_same_work_for_an_unknown_client_as_for_a_known_one(string engine)
    {
        await using var postgres = await StartPostgresAsync(engine);
        await using var server = await StartAsync(postgres);
        var (active, secret) = await RegisterAsync(server, "approve");
        var (suspended, _) = await RegisterAsync(server, "approve", "suspend");
        var store = new CountingReader(server.Services.GetRequiredService<IRegistrationStore>());
        var directory = ActivatorUtilities.CreateInstance<Server.Directory.ClientDirectory>(server.Services, store);
        Task AuthenticateAsync(string client, string guess) =>
            directory.AuthenticateAsync(client, new Secret(guess), "client_secret_basic", CancellationToken.None).AsTask();

        await AuthenticateAsync(active, secret);
        store.Queries = 0;
        await AuthenticateAsync(active, secret);
        Assert.Equal(0, store.Queries);
        foreach (var (client, guess) in new[] { (active, "wrong"), (active, ""), (suspended, "wrong"), (Unknown, "wrong") })
        {
            store.Queries = 0;
            await Assert.ThrowsAsync<RegistrationRefusedException>(() => AuthenticateAsync(client, guess));
            Assert.Equal((client, guess, 1), (client, guess, store.Queries));
        }
    }

    [Theory]
    [MemberData(nameof(Engines))]
    public async Task Takes_the_same_time_for_an_unknown_client_as_for_a_known_one(string engine)
    {
        await using var postgres = await StartPostgresAsync(engine);
        await using var server = await StartAsync(postgres);
        string[] clients =
        [
            (await RegisterAsync(server, "approve")).Id,
            (await RegisterAsync(server, "approve", "suspend")).Id,
            (await RegisterAsync(server)).Id,
            Unknown,
        ];
        var times = clients.ToDictionary(client => client, _ => new List<double>());
        for (var round = 0; round < 20; round++)
        {
            foreach (var client in clients)
            {
                var started = Stopwatch.GetTimestamp();
                await Assert.ThrowsAsync<RpcException>(async () => await server.AuthenticateAsync(client, "wrong"));
                times[client].Add(Stopwatch.GetElapsedTime(started).TotalMilliseconds);
            }
        }

        // Without the time that every refusal takes, the quickest of them are well below it.
        Assert.All(times.Values, taken => Assert.True(taken.Min() >= 3, $"{taken.Min()} ms"));
    }

    private static async Task<PostgresServer?> StartPostgresAsync(string engine) =>
        engine == "Postgres" ? await PostgresServer.StartAsync("fsync=off") : null;

    private static Task<RunningServer> StartAsync(PostgresServer? postgres) => postgres is null
        ? RunningServer.StartAsync()
        : RunningServer.StartAsync("Storage:Engine=Postgres", $"Storage:Postgres:ConnectionString={postgres.ConnectionString}");

    private static async Task<(string Id, string Secret)> RegisterAsync(RunningServer server, params string[] acts)
    {
        var client = await server.RegisteredAsync(Bodies.Smallest);
        var (id, secret) = (client.GetProperty("client_id").GetString()!, client.GetProperty("client_secret").GetString()!);
        foreach (var act in acts)
        {
            await server.ActAsync(id, act);
        }

        return (id, secret);
    }
}
