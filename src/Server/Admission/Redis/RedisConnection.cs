using StackExchange.Redis;

namespace GrpcDcr.Server.Admission.Redis;

/// <summary>The connection to Redis. It is made again by itself whenever it breaks; while there is none, commands fail at once.</summary>
internal sealed class RedisConnection(RedisLimitOptions options) : IAsyncDisposable
{
    /// <summary>After this time without an answer Redis is away.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(250);

    /// <summary>How long the start waits, for connecting and what comes before it. The attempt goes on after that.</summary>
    public static readonly TimeSpan StartTime = TimeSpan.FromSeconds(3);

    /// <summary>For connecting, with TLS and password.</summary>
    private static readonly TimeSpan ConnectTime = TimeSpan.FromSeconds(2);

    private Task<ConnectionMultiplexer>? _connecting;

    /// <exception cref="TimeoutException">No connection has been tried to its end yet.</exception>
    public IDatabase Database =>
        _connecting is { IsCompletedSuccessfully: true } ? _connecting.Result.GetDatabase() : throw new TimeoutException();

    /// <summary>Begins to connect. It does not fail where Redis is away.</summary>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        var configuration = ConfigurationOptions.Parse(options.ConnectionString);
        configuration.AbortOnConnectFail = false;
        configuration.BacklogPolicy = BacklogPolicy.FailFast;
        configuration.ConnectTimeout = (int)ConnectTime.TotalMilliseconds;

        // So a connection that is open but silent is given up within seconds.
        configuration.AsyncTimeout = (int)Patience.TotalMilliseconds;
        _connecting = ConnectionMultiplexer.ConnectAsync(configuration);
        await Task.WhenAny(_connecting, Task.Delay(StartTime, TimeProvider.System, cancellationToken));
    }

    public async ValueTask DisposeAsync()
    {
        if (_connecting is not null)
        {
            await (await _connecting).DisposeAsync();
        }
    }
}
