using System.Threading.Channels;
using GrpcDcr.Server.Storage.Changes;

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

    private readonly WriterSession session;
    private readonly Action<Batch> committed;
    private readonly TimeProvider time;
    private readonly ILogger logger;
    private readonly int maxBatch;
    private readonly Channel<Change> queue;
    private readonly CancellationTokenSource closing = new();
    private readonly Task running;
    private volatile StorageException? suspension;

    /// <param name="session">The connection, not yet open.</param>
    /// <param name="committed">Hears of each batch after it is durable and before anyone is told.</param>
    /// <param name="options">Bounds.</param>
    /// <param name="time">Says when to try again.</param>
    /// <param name="logger">Gets what an operator should know.</param>
    public ChangeWriter(WriterSession session, Action<Batch> committed, PostgresOptions options, TimeProvider time, ILogger logger)
    {
        (this.session, this.committed, this.time, this.logger) = (session, committed, time, logger);
        maxBatch = options.MaxBatch;
        queue = Channel.CreateBounded<Change>(new BoundedChannelOptions(options.QueueLength) { SingleReader = true });
        running = Task.Run(RunAsync);
    }

    /// <summary>Why changes are refused just now; <see langword="null"/> when they are not.</summary>
    public StorageException? Suspension => suspension;

    /// <exception cref="StorageException">It did not happen, or nobody knows.</exception>
    public Task<Ending> CommitAsync(Change change)
    {
        if (suspension is { } cause)
        {
            throw new StorageException(StorageFailure.Unavailable, cause.Message, cause);
        }

        return queue.Writer.TryWrite(change) ? change.Ended
            : closing.IsCancellationRequested ? throw new StorageException(StorageFailure.Unavailable, "The store is closed.")
            : throw new StorageException(StorageFailure.Busy, "Too many changes are waiting already.");
    }

    /// <summary>Finishes what waits, and closes the connection. A database that cannot be reached is not waited for.</summary>
    public async ValueTask DisposeAsync()
    {
        await closing.CancelAsync();
        queue.Writer.TryComplete();
        await running;
        await session.DisposeAsync();
        closing.Dispose();
    }

    private async Task RunAsync()
    {
        var together = new List<Change>();
        while (await queue.Reader.WaitToReadAsync())
        {
            while (together.Count < maxBatch && queue.Reader.TryRead(out var change))
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
                await session.DisposeAsync();
            }

            together.Clear();
        }
    }

    private async Task CommitAsync(List<Change> together)
    {
        var started = time.GetTimestamp();
        for (var attempt = 1; ; attempt++)
        {
            var report = await session.CommitAsync(together);
            if (report.Outcome == BatchOutcome.Unknown)
            {
                report = await LearnAsync(together, report, started);
            }

            if (report.Outcome == BatchOutcome.Committed)
            {
                committed(report.Batch!);
                report.Batch!.Complete();
                return;
            }

            if (report.Outcome == BatchOutcome.Refused && together.Count > 1)
            {
                await EachAsync(together, report.Cause!);
                return;
            }

            // That a connection had broken before shows only in its use.
            var again = report.Outcome == BatchOutcome.NotBegun && (attempt == 1 || session.IsOpen);
            if (!again || time.GetElapsedTime(started) > Patience)
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
        logger.BatchRefused(together.Count, cause);
        foreach (var change in together)
        {
            await CommitAsync([change]);
        }
    }

    /// <summary>Asks what became of a batch whose answer was lost, until somebody answers.</summary>
    private async Task<BatchReport> LearnAsync(List<Change> together, BatchReport lost, long started)
    {
        logger.AnswerLost(together.Count, lost.Cause!);
        while (!closing.IsCancellationRequested)
        {
            if (await session.WasCommittedAsync() is { } was)
            {
                Resume();
                logger.AnswerFound(was ? "was committed" : "was not committed, and nothing of it happened");
                return lost with { Outcome = was ? BatchOutcome.Committed : BatchOutcome.NotBegun };
            }

            // Others need not wait for what is known already: there is no database.
            suspension ??= lost.Cause;
            if (time.GetElapsedTime(started) > Patience)
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
        if (!session.IsOpen)
        {
            logger.Suspended(cause);
            suspension = cause;
        }
    }

    /// <summary>Where changes are refused, waits until the database can be used again.</summary>
    private async Task AwaitDatabaseAsync()
    {
        while (suspension is not null && !closing.IsCancellationRequested && !await session.IsUsableAsync())
        {
            FailWaiting();
            await PauseAsync();
        }

        Resume();
    }

    private void Resume()
    {
        if (Interlocked.Exchange(ref suspension, null) is not null)
        {
            logger.Resumed();
        }
    }

    private void FailWaiting()
    {
        while (suspension is { } cause && queue.Reader.TryRead(out var change))
        {
            change.Fail(new StorageException(StorageFailure.Unavailable, cause.Message, cause));
        }
    }

    private static void Fail(List<Change> together, StorageException cause) => together.ForEach(c => c.Fail(cause));

    private async Task PauseAsync()
    {
        try
        {
            await Task.Delay(RetryPeriod, time, closing.Token);
        }
        catch (OperationCanceledException)
        {
            // The store closes.
        }
    }
}
