using GrpcDcr.TestKit.Running;

namespace GrpcDcr.Bench.Load.Subjects;

/// <summary>
/// Where the service keeps its data. A PostgreSQL server is started for it, with the settings it comes with: every commit is synced.
/// </summary>
internal sealed class Engine : IAsyncDisposable
{
    private const string LiteDb = "LiteDb";
    private const string Postgres = "Postgres";

    private readonly PostgresServer? _server;

    private Engine(string name, PostgresServer? server) => (Name, _server) = (name, server);

    public string Name { get; }

    public static async Task<Engine> StartAsync(string name) => name switch
    {
        LiteDb => new Engine(LiteDb, null),
        Postgres => new Engine(Postgres, await PostgresServer.StartAsync()),
        _ => throw new ArgumentException($"The engine is {LiteDb} or {Postgres}, not {name}."),
    };

    /// <param name="folder">The service's own folder.</param>
    public IEnumerable<KeyValuePair<string, string>> Settings(string folder) =>
    [
        new("Storage__LiteDb__Path", folder),
        .. _server is null ? (KeyValuePair<string, string>[])[] :
        [
            new("Storage__Engine", Postgres),
            new("Storage__Postgres__ConnectionString", _server.ConnectionString),
        ],
    ];

    public ValueTask DisposeAsync() => _server?.DisposeAsync() ?? ValueTask.CompletedTask;
}
