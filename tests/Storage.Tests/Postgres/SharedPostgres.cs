using GrpcDcr.Storage.Tests.Postgres;
using GrpcDcr.TestKit.Running;

[assembly: AssemblyFixture(typeof(SharedPostgres))]

namespace GrpcDcr.Storage.Tests.Postgres;

/// <summary>
/// One PostgreSQL server for all tests that leave it alone, started when the first one needs it. Each test has a schema of its own.
/// </summary>
public sealed class SharedPostgres : IAsyncDisposable
{
    // What is durable is tested with servers that sync.
    private static readonly Lazy<Task<PostgresServer>> Started = new(() => PostgresServer.StartAsync("fsync=off", "max_connections=400"));

    internal static PostgresServer Server => Started.Value.GetAwaiter().GetResult();

    public async ValueTask DisposeAsync()
    {
        if (Started is { IsValueCreated: true, Value.IsCompletedSuccessfully: true })
        {
            await (await Started.Value).DisposeAsync();
        }
    }
}
