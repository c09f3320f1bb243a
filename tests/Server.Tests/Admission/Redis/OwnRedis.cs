using GrpcDcr.TestKit.Running;

namespace GrpcDcr.Server.Tests.Admission.Redis;

/// <summary>One Redis for all tests of a class, started by the first that asks for it.</summary>
public sealed class OwnRedis : IAsyncDisposable
{
    private readonly SemaphoreSlim _starting = new(1);
    private RedisServer? _server;
    private int _prefixes;

    /// <summary>Begins every key of one test.</summary>
    public string NextPrefix() => $"test-{Interlocked.Increment(ref _prefixes)}:";

    internal async Task<RedisServer> StartedAsync()
    {
        await _starting.WaitAsync();
        try
        {
            return _server ??= await RedisServer.StartAsync();
        }
        finally
        {
            _starting.Release();
        }
    }

    public async ValueTask DisposeAsync()
    {
        _starting.Dispose();
        if (_server is not null)
        {
            await _server.DisposeAsync();
        }
    }
}
