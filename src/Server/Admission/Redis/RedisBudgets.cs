using StackExchange.Redis;

namespace GrpcDcr.Server.Admission.Redis;

/// <summary>
/// The budgets in Redis, while it is there. When it is not, callers are told at once and count by themselves; it is asked again once a
/// second, apart from any call, so that one call at most waits for a Redis that has just died.
/// </summary>
/// <param name="link">The connection.</param>
/// <param name="options">Where the budgets lie.</param>
/// <param name="time">Says when to ask again.</param>
/// <param name="logger">Told when Redis goes, and when it comes back.</param>
internal sealed partial class RedisBudgets(
    RedisConnection link, RedisLimitOptions options, TimeProvider time, ILogger<RedisBudgets> logger) : IHostedService
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    // It is always admitted and so always writes: a replica that may only be read does not pass for a Redis that is back.
    private readonly Taking _probe = new(options.KeyOf("probe", "caller"), options.KeyOf("probe", "all"), int.MaxValue, int.MaxValue);

    /// <summary>No call waits longer for Redis. Tests of counting, on machines that are busy, have more of it.</summary>
    public TimeSpan Patience { get; init; } = RedisConnection.Patience;

    /// <summary>The clock of the budgets, for tests; <see langword="null"/>, as in the service, for that of Redis.</summary>
    public TimeProvider? BudgetTime { get; init; }

    private int _state = State.Unknown;
    private long _askedAt;

    /// <summary>Connects. Without Redis the service starts all the same.</summary>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        await link.StartAsync(cancellationToken);
        await ProbeAsync(RedisConnection.StartTime);
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>Takes from a budget.</summary>
    /// <returns>How long to wait, zero when the call was admitted; <see langword="null"/> when Redis is away.</returns>
    public async ValueTask<TimeSpan?> TryTakeAsync(Taking taking, CancellationToken cancellationToken)
    {
        if (Volatile.Read(ref _state) == State.There)
        {
            return await TryRunAsync(taking, Patience, cancellationToken);
        }

        var asked = Interlocked.Read(ref _askedAt);
        if (time.GetElapsedTime(asked) >= Pause && Interlocked.CompareExchange(ref _askedAt, time.GetTimestamp(), asked) == asked)
        {
            // It ends by itself, and never fails.
            _ = ProbeAsync(Patience);
        }

        return null;
    }

    private async Task ProbeAsync(TimeSpan patience)
    {
        if (await TryRunAsync(_probe, patience, CancellationToken.None) is not null)
        {
            var before = Interlocked.Exchange(ref _state, State.There);
            if (before == State.Away)
            {
                LogBack();
            }
            else if (before == State.Unknown)
            {
                LogShared();
            }
        }
    }

    private async ValueTask<TimeSpan?> TryRunAsync(Taking taking, TimeSpan patience, CancellationToken cancellationToken)
    {
        try
        {
            // What Redis does with a command that nobody waits for any more can only make the shared budget smaller.
            return await WindowScript.RunAsync(link.Database, taking, BudgetTime?.GetUtcNow())
                .WaitAsync(patience, TimeProvider.System, cancellationToken);
        }
        catch (Exception problem) when (!cancellationToken.IsCancellationRequested)
        {
            // Whatever it is, calls must still be decided.
            Interlocked.Exchange(ref _askedAt, time.GetTimestamp());
            if (Interlocked.Exchange(ref _state, State.Away) != State.Away)
            {
                LogAway(ReasonOf(problem));
            }

            return null;
        }
    }

    /// <summary>What is wrong, in a word: the texts of the library name hosts, keys and commands.</summary>
    private static string ReasonOf(Exception problem) => problem switch
    {
        RedisConnectionException { InnerException: RedisConnectionException inner } => ReasonOf(inner),
        RedisConnectionException connection => connection.FailureType.ToString(),
        RedisServerException server => server.Message.Split(' ')[0],
        TimeoutException => "no answer in time",
        _ => problem.GetType().Name,
    };

    [LoggerMessage(7001, LogLevel.Information, "Rate limits are shared with other instances through Redis")]
    private partial void LogShared();

    [LoggerMessage(7002, LogLevel.Warning, "Redis is unavailable ({Reason}); this instance counts rate limits by itself until it is back")]
    private partial void LogAway(string reason);

    [LoggerMessage(7003, LogLevel.Information, "Redis is available again; rate limits are shared")]
    private partial void LogBack();

    private static class State
    {
        public const int Unknown = 0;
        public const int There = 1;
        public const int Away = 2;
    }
}
