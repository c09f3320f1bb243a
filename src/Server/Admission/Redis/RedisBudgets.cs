using GrpcDcr.Server.Telemetry;
using StackExchange.Redis;

namespace GrpcDcr.Server.Admission.Redis;

/// <summary>
/// The budgets in Redis. While Redis is unavailable, callers are told at once and count locally. Redis is then probed once a second,
/// independently of calls, so that at most one call waits for a Redis that has just failed.
/// </summary>
/// <param name="link">The connection.</param>
/// <param name="options">The keys of the budgets.</param>
/// <param name="metrics">Shows whether Redis is used.</param>
/// <param name="time">Paces the probes.</param>
/// <param name="logger">Logs when Redis becomes unavailable and available.</param>
internal sealed partial class RedisBudgets(
    RedisConnection link, RedisLimitOptions options, ServiceMetrics metrics, TimeProvider time, ILogger<RedisBudgets> logger)
    : IHostedService
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    // It is always admitted and therefore always writes, so that a read-only replica does not count as available.
    private readonly Taking _probe = new([new TakenBudget(options.KeyOf("probe", "all"), int.MaxValue)]);

    /// <summary>The longest time that a call waits for Redis. Tests of counting use a longer time.</summary>
    public TimeSpan Patience { get; init; } = RedisConnection.Patience;

    /// <summary>The clock of the budgets in tests; <see langword="null"/> in the service, which uses the clock of Redis.</summary>
    public TimeProvider? BudgetTime { get; init; }

    private int _state = State.Unknown;
    private long _askedAt;

    /// <summary>Connects. The service also starts without Redis.</summary>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        metrics.Observe<long>(InstrumentTable.LimitsShared, () => Volatile.Read(ref _state) == State.There ? 1 : 0);
        await link.StartAsync(cancellationToken);
        await ProbeAsync(RedisConnection.StartTime);
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>Takes from a budget.</summary>
    /// <returns>How long to wait, zero when the call was admitted; <see langword="null"/> when Redis is unavailable.</returns>
    public async ValueTask<TimeSpan?> TryTakeAsync(Taking taking, CancellationToken cancellationToken)
    {
        if (Volatile.Read(ref _state) == State.There)
        {
            return await TryRunAsync(taking, Patience, cancellationToken);
        }

        var asked = Interlocked.Read(ref _askedAt);
        if (time.GetElapsedTime(asked) >= Pause && Interlocked.CompareExchange(ref _askedAt, time.GetTimestamp(), asked) == asked)
        {
            // It is not awaited: it ends by itself and never fails.
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
            // A command that nobody waits for any more can only reduce the shared budget.
            return await WindowScript.RunAsync(link.Database, taking, BudgetTime?.GetUtcNow())
                .WaitAsync(patience, TimeProvider.System, cancellationToken);
        }
        catch (Exception problem) when (!cancellationToken.IsCancellationRequested)
        {
            // Calls must be decided whatever the problem is.
            Interlocked.Exchange(ref _askedAt, time.GetTimestamp());
            if (Interlocked.Exchange(ref _state, State.Away) != State.Away)
            {
                LogAway(ReasonOf(problem));
            }

            return null;
        }
    }

    /// <summary>The reason in a word: the messages of the library contain hosts, keys and commands.</summary>
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
