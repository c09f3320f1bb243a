using GrpcDcr.TestKit.Running;

namespace GrpcDcr.Server.Tests.SharedLimits;

/// <summary>One Redis for all tests of a class, started by the first that asks for it.</summary>
public sealed class OwnRedis : IAsyncDisposable
{
    private readonly SemaphoreSlim starting = new(1);
    private RedisServer? server;
    private int prefixes;

    /// <summary>Begins every key of one test.</summary>
    public string NextPrefix() => $"test-{Interlocked.Increment(ref prefixes)}:";

    internal async Task<RedisServer> StartedAsync()
    {
        await starting.WaitAsync();
        try
        {
            return server ??= await RedisServer.StartAsync();
        }
        finally
        {
            starting.Release();
        }
    }

    public async ValueTask DisposeAsync()
    {
        starting.Dispose();
        if (server is not null)
        {
            await server.DisposeAsync();
        }
    }
}
