using GrpcDcr.Server.Storage.Changes;
using GrpcDcr.Server.Storage.LiteDb.Journal;

namespace GrpcDcr.Server.Storage.LiteDb;

/// <summary>
/// The one writer: a thread that takes whatever waits, judges it, writes it to the journal as one entry, and then tells everyone. While it
/// syncs the next batch gathers, so batches grow with the load and nobody waits for a timer.
/// </summary>
internal sealed class GroupCommit : IAsyncDisposable
{
    private readonly LiteDbOwner owner;
    private readonly StoreMemory memory;
    private readonly ChangeJournal journal;
    private readonly Applier applier;
    private readonly Checkpointer checkpointer;
    private readonly StoreCondition condition;
    private readonly ILogger logger;
    private readonly int maxBatch;
    private readonly ChangeQueue queue;
    private readonly NewClientIds ids;
    private readonly List<Change> changes = [];
    private readonly TaskCompletionSource finished = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private long lastNumber;
    private long lastSequence;

    /// <summary>To be made when LiteDB has all that the journal has.</summary>
    public GroupCommit(
        LiteDbOwner owner, StoreMemory memory, ChangeJournal journal, Applier applier, Checkpointer checkpointer, StoreCondition condition,
        LiteDbOptions options, ILogger logger)
    {
        (this.owner, this.memory, this.journal, this.applier) = (owner, memory, journal, applier);
        (this.checkpointer, this.condition, this.logger) = (checkpointer, condition, logger);
        maxBatch = options.MaxBatch;
        queue = new ChangeQueue(options.QueueLength);
        (lastNumber, lastSequence) = owner.Ask(tables => (tables.Progress.Read(), tables.Audit.LastSequence));
        ids = new NewClientIds(owner.Ask(tables => tables.Clients.Highest()));
        new Thread(Run) { Name = "GrpcDcr writer", IsBackground = true }.Start();
    }

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
        queue.Close();
        await finished.Task;
    }

    private void Run()
    {
        try
        {
            while (queue.Take(changes, maxBatch))
            {
                Write();
                changes.Clear();
            }
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

    /// <summary>Something went wrong that nobody thought of: no change can be trusted to this thread any more.</summary>
    private void Abandon(Exception cause)
    {
        condition.Stop("The writer failed.", cause);
        queue.Close();
        do
        {
            changes.ForEach(c => c.Fail(new StorageException(StorageFailure.OutcomeUnknown, "The writer failed.", cause)));
            changes.Clear();
        }
        while (queue.Take(changes, maxBatch));
    }

    private void Write()
    {
        applier.AwaitRoom();
        if (condition.TakesChanges)
        {
            Commit(changes);
        }
        else
        {
            changes.ForEach(c => c.Fail(condition.Refusal));
        }
    }

    private void Commit(List<Change> together)
    {
        Batch batch;
        try
        {
            batch = new Batch(together, Stored());
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
                Keep(JournalEntry.Of(lastNumber + 1, batch));
                lastSequence = batch.Draft.NextSequence - 1;
            }

            batch.Complete();
        }
        catch (StorageException e)
        {
            condition.Stop("The journal could not be written, and what it holds is unknown until it is read again.", e);
            together.ForEach(c => c.Fail(e));
        }
    }

    /// <summary>Makes it durable, and lets everyone know it.</summary>
    private void Keep(JournalEntry entry)
    {
        journal.Append(entry);
        lastNumber = entry.Number;
        foreach (var added in entry.Clients.Added)
        {
            ids.Take(added.Value.Id);
        }

        memory.Take(entry);
        applier.Add(entry);
    }

    /// <summary>What is durable: what the memory does not know LiteDB has.</summary>
    private Draft Stored() => new(
        id => memory.Clients.TryGet(id, out var known) ? known
            : ids.MayBeTaken(id) ? owner.Ask(tables => tables.Clients.Find(id))?.Value
            : null,
        id => memory.Tokens.TryGet(id, out var known) ? known : owner.Ask(tables => tables.Tokens.Find(id))?.Value,
        statement => memory.IsUsed(statement) || owner.Ask(tables => tables.Statements.Has(statement)),
        lastSequence);

    /// <summary>One change that cannot be judged, because LiteDB cannot answer, takes the whole batch with it; alone, the others go through.</summary>
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
