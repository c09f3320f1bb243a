using GrpcDcr.Server.Storage.Changes;

namespace GrpcDcr.Server.Storage.LiteDb;

/// <summary>
/// The one writer: a thread that takes whatever waits, writes it in one transaction, syncs once, and then tells everyone. While it
/// syncs the next batch gathers, so batches grow with the load and nobody waits for a timer.
/// </summary>
internal sealed class GroupCommit : IAsyncDisposable
{
    private static readonly TimeSpan TickPeriod = TimeSpan.FromSeconds(1);

    private readonly LiteDbOwner owner;
    private readonly StoreMemory memory;
    private readonly Checkpointer checkpointer;
    private readonly StoreCondition condition;
    private readonly TimeProvider time;
    private readonly ILogger logger;
    private readonly int maxBatch;
    private readonly ChangeQueue queue;
    private readonly ITimer ticks;
    private readonly List<Change> changes = [];
    private readonly TaskCompletionSource started = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource finished = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public GroupCommit(
        LiteDbOwner owner, StoreMemory memory, Checkpointer checkpointer, StoreCondition condition,
        LiteDbOptions options, TimeProvider time, ILogger logger)
    {
        (this.owner, this.memory, this.checkpointer, this.condition) = (owner, memory, checkpointer, condition);
        (this.time, this.logger) = (time, logger);
        maxBatch = options.MaxBatch;
        queue = new ChangeQueue(options.QueueLength);
        new Thread(Run) { Name = "GrpcDcr store writer", IsBackground = true }.Start();
        ticks = time.CreateTimer(_ => queue.Wake(), null, TickPeriod, TickPeriod);
    }

    /// <summary>Completes when the disk has taken a first write.</summary>
    public Task Started => started.Task;

    /// <exception cref="StorageException">It did not happen, or nobody knows.</exception>
    public Task<Ending> CommitAsync(Change change)
    {
        if (!condition.TakesChanges)
        {
            throw condition.Refusal;
        }

        if (checkpointer.LogIsFull)
        {
            throw new StorageException(StorageFailure.Busy, "A backup holds the log, and the log is full.");
        }

        queue.Add(change);
        return change.Ended;
    }

    /// <summary>Finishes what waits, and ends the thread.</summary>
    public async ValueTask DisposeAsync()
    {
        await ticks.DisposeAsync();
        queue.Close();
        await finished.Task;
    }

    private void Run()
    {
        try
        {
            Start();
            while (queue.Take(changes, maxBatch))
            {
                Write();
                changes.Clear();
            }

            checkpointer.Run();
        }
        catch (Exception e)
        {
            Abandon(e);
        }
        finally
        {
            finished.SetResult();
        }
    }

    /// <summary>Empties the log of the last process, and finds out before anyone depends on it whether the disk takes writes.</summary>
    private void Start()
    {
        checkpointer.Run();
        if (condition.HasStopped)
        {
            throw condition.Refusal;
        }

        if (condition.TakesChanges)
        {
            owner.Touch();
            owner.MakeDurable();
        }

        started.SetResult();
    }

    /// <summary>Something went wrong that nobody thought of: no change can be trusted to this thread any more.</summary>
    private void Abandon(Exception cause)
    {
        condition.Stop("The writer failed.", cause);
        queue.Close();
        started.TrySetException(cause);
        do
        {
            changes.ForEach(c => c.Fail(new StorageException(StorageFailure.OutcomeUnknown, "The writer failed.", cause)));
            changes.Clear();
        }
        while (queue.Take(changes, maxBatch));
    }

    private void Write()
    {
        if (changes.Count == 0)
        {
            checkpointer.OnTick();
        }
        else if (!condition.TakesChanges)
        {
            changes.ForEach(c => c.Fail(condition.Refusal));
        }
        else
        {
            Commit(changes);
            checkpointer.RunIfDue();
        }
    }

    private void Commit(List<Change> together)
    {
        Batch batch;
        try
        {
            batch = owner.Commit(together, memory, time.GetUtcNow());
        }
        catch (StorageException e)
        {
            Refused(together, e);
            return;
        }

        try
        {
            if (batch.Happening.Count > 0)
            {
                owner.MakeDurable();
                memory.Take(batch);
                owner.Settle();
            }

            batch.Complete();
        }
        catch (StorageException e)
        {
            condition.Stop("The log could not be written, and what it holds is unknown until it is read again.", e);
            batch.Lose(e);
            together.ForEach(c => c.Fail(e));
        }
    }

    /// <summary>One change that LiteDB refuses takes its whole transaction with it; alone, the others go through.</summary>
    private void Refused(List<Change> together, StorageException cause)
    {
        if (together.Count == 1 || !condition.TakesChanges)
        {
            together.ForEach(c => c.Fail(cause));
            return;
        }

        logger.BatchRefused(together.Count, cause);
        together.ForEach(c => Commit([c]));
    }
}
