using Microsoft.AspNetCore.Connections;

namespace GrpcDcr.Server.Hosting.Listening;

/// <summary>
/// Closes connections of a listener above a number, before TLS and before a byte is read, so that the callers of one listener leave room
/// for those of the others. Logs that once a minute at the most.
/// </summary>
/// <param name="key">The setting.</param>
/// <param name="max">How many connections may be open.</param>
/// <param name="time">Paces the log.</param>
/// <param name="logger">The log.</param>
internal sealed partial class ConnectionLimit(string key, int max, TimeProvider time, ILogger logger)
{
    private static readonly TimeSpan LogPeriod = TimeSpan.FromMinutes(1);

    private readonly Lock _gate = new();
    private int _open;
    private long? _logged;

    /// <summary>Completes when the connection is closed.</summary>
    public async Task RunAsync(ConnectionContext connection, ConnectionDelegate next)
    {
        try
        {
            if (Interlocked.Increment(ref _open) <= max)
            {
                await next(connection);
            }
            else if (IsToBeLogged())
            {
                LogFull(max, key);
            }
        }
        finally
        {
            Interlocked.Decrement(ref _open);
        }
    }

    private bool IsToBeLogged()
    {
        lock (_gate)
        {
            if (_logged is { } last && time.GetElapsedTime(last) < LogPeriod)
            {
                return false;
            }

            _logged = time.GetTimestamp();
            return true;
        }
    }

    [LoggerMessage(1016, LogLevel.Warning, "Closed a new connection, because {Max} are open ({Key}). Logged once a minute")]
    private partial void LogFull(int max, string key);
}
