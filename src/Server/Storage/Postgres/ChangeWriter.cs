using System.Threading.Channels;
using GrpcDcr.Server.Storage.Writes;

namespace GrpcDcr.Server.Storage.Postgres;

/// <summary>
/// The one writer of an instance: takes whatever waits and commits it in one transaction. While that is under way the next batch gathers, so
/// batches grow with the load and nobody waits for a timer.
/// </summary>
internal sealed class ChangeWriter : IAsyncDisposable
{
    /// <summary>How often a database that cannot be used is tried again.</summary>
    private static readonly TimeSpan RetryPeriod = TimeSpan.FromMilliseconds(500);

    /// <summary>For how long a batch is tried again, and those who asked for it wait, after the way to the database broke.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    private readonly WriterSession _session;
    private readonly Action<ChangeBatch> _committed;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly int _maxBatch;
    private readonly Channel<Change> _queue;
    private readonly CancellationTokenSource _closing = new();
    private readonly Task _running;
    private volatile StorageException? _suspension;

    /// <param name="session">The connection, not yet open.</param>
    /// <param name="committed">Hears of each batch after it is durable and before anyone is told.</param>
    /// <param name="options">Bounds.</param>
    /// <param name="time">Says when to try again.</param>
    /// <param name="logger">Gets what an administrator should know.</param>
    public ChangeWriter(WriterSession session, Action<ChangeBatch> committed, PostgresOptions options, TimeProvider time, ILogger logger)
    {
        (_session, _committed, _time, _logger) = (session, committed, time, logger);
        _maxBatch = options.MaxBatch;
        _queue = Channel.CreateBounded<Change>(new BoundedChannelOptions(options.QueueLength) { SingleReader = true });
        _running = Task.Run(RunAsync);
    }

    /// <summary>Why changes are refused just now; <see langword="null"/> when they are not.</summary>
    public StorageException? Suspension => _suspension;

    /// <exception cref="StorageException">It did not happen, or nobody knows.</exception>
    public Task<ChangeOutcome> CommitAsync(Change change)
    {
        if (_suspension is { } cause)
        {
            throw new StorageException(StorageFailure.Unavailable, cause.Message, cause);
        }

        return _queue.Writer.TryWrite(change) ? change.Outcome
            : _closing.IsCancellationRequested ? throw new StorageException(StorageFailure.Unavailable, "The store is closed.")
            : throw new StorageException(StorageFailure.Busy, "Too many changes are waiting already.");
    }

    /// <summary>Finishes what waits, and closes the connection. A database that cannot be reached is not waited for.</summary>
    public async ValueTask DisposeAsync()
    {
        await _closing.CancelAsync();
        _queue.Writer.TryComplete();
        await _running;
        await _session.DisposeAsync();
        _closing.Dispose();
    }

    private async Task RunAsync()
    {
        var together = new List<Change>();
        while (await _queue.Reader.WaitToReadAsync())
        {
            while (together.Count < _maxBatch && _queue.Reader.TryRead(out var change))
            {
                together.Add(change);
            }

            try
            {
                await CommitAsync(together);
            }
            catch (Exception e)
            {
                // Nobody thought of it, so nobody knows what it left behind.
                Fail(together, new StorageException(StorageFailure.OutcomeUnknown, "The writer failed.", e));
                await _session.DisposeAsync();
            }

            together.Clear();
        }
    }

    private async Task CommitAsync(List<Change> together)
    {
        var started = _time.GetTimestamp();
        for (var attempt = 1; ; attempt++)
        {
            var report = await _session.CommitAsync(together);
            if (report.Outcome == BatchOutcome.Unknown)
            {
                report = await LearnAsync(together, report, started);
            }

            if (report.Outcome == BatchOutcome.Committed)
            {
                _committed(report.Batch!);
                report.Batch!.Complete();
                return;
            }

            if (report.Outcome == BatchOutcome.Refused && together.Count > 1)
            {
                await EachAsync(together, report.Cause!);
                return;
            }

            // That a connection had broken before shows only in its use.
            var again = report.Outcome == BatchOutcome.NotBegun && (attempt == 1 || _session.IsOpen);
            if (!again || _time.GetElapsedTime(started) > Patience)
            {
                Suspend(report.Cause!);
                Fail(together, report.Cause!);
                await AwaitDatabaseAsync();
                return;
            }
        }
    }

    /// <summary>One change that the database refuses takes its whole transaction with it; alone, the others go through.</summary>
    private async Task EachAsync(List<Change> together, StorageException cause)
    {
        _logger.BatchRefused(together.Count, cause);
        foreach (var change in together)
        {
            await CommitAsync([change]);
        }
    }

    /// <summary>Asks what became of a batch whose answer was lost, until somebody answers.</summary>
    private async Task<BatchReport> LearnAsync(List<Change> together, BatchReport lost, long started)
    {
        _logger.AnswerLost(together.Count, lost.Cause!);
        while (!_closing.IsCancellationRequested)
        {
            if (await _session.WasCommittedAsync() is { } was)
            {
                Resume();
                _logger.AnswerFound(was ? "was committed" : "was not committed, and nothing of it happened");
                return lost with { Outcome = was ? BatchOutcome.Committed : BatchOutcome.NotBegun };
            }

            // Others need not wait for what is known already: there is no database.
            _suspension ??= lost.Cause;
            if (_time.GetElapsedTime(started) > Patience)
            {
                Fail(together, lost.Cause!);
            }

            FailWaiting();
            await PauseAsync();
        }

        return lost;
    }

    /// <summary>Refuses changes from now on, where there is no way to the database.</summary>
    private void Suspend(StorageException cause)
    {
        if (!_session.IsOpen)
        {
            _logger.Suspended(cause);
            _suspension = cause;
        }
    }

    /// <summary>Where changes are refused, waits until the database can be used again.</summary>
    private async Task AwaitDatabaseAsync()
    {
        while (_suspension is not null && !_closing.IsCancellationRequested && !await _session.IsUsableAsync())
        {
            FailWaiting();
            await PauseAsync();
        }

        Resume();
    }

    private void Resume()
    {
        if (Interlocked.Exchange(ref _suspension, null) is not null)
        {
            _logger.Resumed();
        }
    }

    private void FailWaiting()
    {
        while (_suspension is { } cause && _queue.Reader.TryRead(out var change))
        {
            change.Fail(new StorageException(StorageFailure.Unavailable, cause.Message, cause));
        }
    }

    private static void Fail(List<Change> together, StorageException cause) => together.ForEach(c => c.Fail(cause));

    private async Task PauseAsync()
    {
        try
        {
            await Task.Delay(RetryPeriod, _time, _closing.Token);
        }
        catch (OperationCanceledException)
        {
            // The store closes.
        }
    }
}
