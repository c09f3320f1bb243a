using System.Diagnostics.CodeAnalysis;
using System.Threading.Channels;
using GrpcDcr.Server.Storage.Postgres.Connections;
using GrpcDcr.Server.Storage.Writes;

namespace GrpcDcr.Server.Storage.Postgres;

/// <summary>
/// The one writer of an instance: takes all queued changes and commits them in one transaction. Meanwhile the next batch gathers; so
/// batches grow with the load and nobody waits for a timer.
/// </summary>
internal sealed class ChangeWriter : IAsyncDisposable
{
    /// <summary>How often it retries while the database cannot be used.</summary>
    private static readonly TimeSpan RetryPeriod = TimeSpan.FromMilliseconds(500);

    /// <summary>For how long a batch is retried, and its callers wait, after the connection to the database broke.</summary>
    private static readonly TimeSpan RetryTime = TimeSpan.FromSeconds(5);

    private readonly WriterSession _session;
    private readonly Action<ChangeBatch> _committed;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly int _maxBatch;
    private readonly long _maxBytes;
    private readonly Channel<Change> _queue;
    private readonly CancellationTokenSource _closing = new();
    private readonly Task _running;
    private volatile StorageException? _suspension;
    private long _queuedBytes;

    /// <param name="session">The connection, not yet open.</param>
    /// <param name="committed">Called for each batch when it is durable, before its changes complete.</param>
    /// <param name="options">Limits.</param>
    /// <param name="time">Paces retries.</param>
    /// <param name="logger">Log of the store.</param>
    public ChangeWriter(WriterSession session, Action<ChangeBatch> committed, PostgresOptions options, TimeProvider time, ILogger logger)
    {
        _session = session;
        _committed = committed;
        _time = time;
        _logger = logger;
        _maxBatch = options.MaxBatch;
        _maxBytes = options.QueueBytes;
        _queue = Channel.CreateBounded<Change>(new BoundedChannelOptions(options.QueueLength) { SingleReader = true });
        _running = Task.Run(RunAsync);
    }

    /// <summary>How many changes wait.</summary>
    public int Queued => _queue.Reader.Count;

    /// <summary>Why changes are refused just now; <see langword="null"/> when they are not.</summary>
    public StorageException? Suspension => _suspension;

    /// <exception cref="StorageException">The change did not happen, or its outcome is unknown.</exception>
    public Task<ChangeOutcome> CommitAsync(Change change)
    {
        if (_suspension is { } cause)
        {
            throw new StorageException(StorageFailure.Unavailable, cause.Message, cause);
        }

        // One change has room, whatever its size.
        var bytes = change.Bytes;
        var queued = Interlocked.Add(ref _queuedBytes, bytes);
        if ((queued <= _maxBytes || queued == bytes) && _queue.Writer.TryWrite(change))
        {
            return change.Outcome;
        }

        Interlocked.Add(ref _queuedBytes, -bytes);
        throw _closing.IsCancellationRequested
            ? new StorageException(StorageFailure.Unavailable, "The store is closed.")
            : new StorageException(StorageFailure.Busy, "Too many changes are queued already.");
    }

    /// <summary>Commits what is queued, and closes the connection. Does not wait for a database that cannot be reached.</summary>
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
        var changes = new List<Change>();
        while (await _queue.Reader.WaitToReadAsync())
        {
            while (changes.Count < _maxBatch && TryTake(out var change))
            {
                changes.Add(change);
            }

            try
            {
                await CommitAsync(changes);
            }
            catch (Exception e)
            {
                // An unexpected failure: what it left behind is unknown.
                Fail(changes, new StorageException(StorageFailure.OutcomeUnknown, "The writer failed.", e));
                await _session.DisposeAsync();
            }

            changes.Clear();
        }
    }

    private bool TryTake([NotNullWhen(true)] out Change? change)
    {
        if (!_queue.Reader.TryRead(out change))
        {
            return false;
        }

        Interlocked.Add(ref _queuedBytes, -change.Bytes);
        return true;
    }

    private async Task CommitAsync(List<Change> changes)
    {
        var started = _time.GetTimestamp();
        for (var attempt = 1; ; attempt++)
        {
            var report = await _session.CommitAsync(changes);
            if (report.Outcome == BatchOutcome.Unknown)
            {
                report = await FindOutcomeAsync(changes, report, started);
            }

            if (report.Outcome == BatchOutcome.Committed)
            {
                _committed(report.Batch!);
                report.Batch!.Complete();
                return;
            }

            if (report.Outcome == BatchOutcome.Refused && changes.Count > 1)
            {
                await CommitOneByOneAsync(changes, report.Cause!);
                return;
            }

            // A broken connection is noticed only when it is used.
            var mayRetry = report.Outcome == BatchOutcome.NotBegun && (attempt == 1 || _session.IsOpen);
            if (!mayRetry || _time.GetElapsedTime(started) > RetryTime)
            {
                Suspend(report.Cause!);
                Fail(changes, report.Cause!);
                await AwaitDatabaseAsync();
                return;
            }
        }
    }

    /// <summary>One change that the database refuses fails the whole transaction; one by one, the others are committed.</summary>
    private async Task CommitOneByOneAsync(List<Change> changes, StorageException cause)
    {
        _logger.BatchRefused(changes.Count, cause);
        foreach (var change in changes)
        {
            await CommitAsync([change]);
        }
    }

    /// <summary>Asks the database for the outcome of a batch whose answer was lost, until there is one.</summary>
    private async Task<BatchReport> FindOutcomeAsync(List<Change> changes, BatchReport lost, long started)
    {
        _logger.AnswerLost(changes.Count, lost.Cause!);
        while (!_closing.IsCancellationRequested)
        {
            if (await _session.WasCommittedAsync() is { } committed)
            {
                Resume();
                _logger.AnswerFound(committed ? "committed" : "not committed; nothing was changed");
                return lost with { Outcome = committed ? BatchOutcome.Committed : BatchOutcome.NotBegun };
            }

            // Changes that come now fail at once: the database cannot be reached.
            _suspension ??= lost.Cause;
            if (_time.GetElapsedTime(started) > RetryTime)
            {
                Fail(changes, lost.Cause!);
            }

            FailWaiting();
            await PauseAsync();
        }

        return lost;
    }

    /// <summary>Refuses changes from now on, if there is no connection to the database.</summary>
    private void Suspend(StorageException cause)
    {
        if (!_session.IsOpen)
        {
            _logger.Suspended(cause);
            _suspension = cause;
        }
    }

    /// <summary>While changes are refused, waits until the database can be used again.</summary>
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
        while (_suspension is { } cause && TryTake(out var change))
        {
            change.Fail(new StorageException(StorageFailure.Unavailable, cause.Message, cause));
        }
    }

    private static void Fail(List<Change> changes, StorageException cause) => changes.ForEach(c => c.Fail(cause));

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
