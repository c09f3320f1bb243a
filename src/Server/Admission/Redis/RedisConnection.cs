using StackExchange.Redis;

namespace GrpcDcr.Server.Admission.Redis;

/// <summary>The connection to Redis. It reconnects by itself; while it is not connected, commands fail at once.</summary>
internal sealed class RedisConnection(RedisLimitOptions options) : IAsyncDisposable
{
    /// <summary>After this time without a response Redis counts as unavailable.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(250);

    /// <summary>How long the start waits for the connection. The attempt continues after that.</summary>
    public static readonly TimeSpan StartTime = TimeSpan.FromSeconds(3);

    /// <summary>The timeout of the connection, including TLS and authentication.</summary>
    private static readonly TimeSpan ConnectTime = TimeSpan.FromSeconds(2);

    private Task<ConnectionMultiplexer>? _connecting;

    /// <exception cref="TimeoutException">The first attempt to connect has not ended yet.</exception>
    public IDatabase Database =>
        _connecting is { IsCompletedSuccessfully: true } ? _connecting.Result.GetDatabase() : throw new TimeoutException();

    /// <summary>Starts to connect. It does not fail if Redis is unavailable.</summary>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        var configuration = ConfigurationOptions.Parse(options.ConnectionString);
        configuration.AbortOnConnectFail = false;
        configuration.BacklogPolicy = BacklogPolicy.FailFast;
        configuration.ConnectTimeout = (int)ConnectTime.TotalMilliseconds;

        // Closes a connection that is open but silent within seconds.
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
