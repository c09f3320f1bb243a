using GrpcDcr.Server.Storage.LiteDb.Journal;
using GrpcDcr.Server.Storage.Writes;

namespace GrpcDcr.Server.Storage.LiteDb;

/// <summary>
/// The one writer: a thread that takes whatever waits, validates it, writes it to the journal as one entry, and then tells everyone. While it
/// syncs the next batch gathers, so batches grow with the load and nobody waits for a timer.
/// </summary>
internal sealed class GroupCommit : IAsyncDisposable
{
    private readonly ExclusiveEngine _owner;
    private readonly StoreOverlay _memory;
    private readonly ChangeJournal _journal;
    private readonly Applier _applier;
    private readonly Checkpointer _checkpointer;
    private readonly StoreCondition _condition;
    private readonly ILogger _logger;
    private readonly int _maxBatch;
    private readonly ChangeQueue _queue;
    private readonly NewClientIds _ids;
    private readonly List<Change> _changes = [];
    private readonly TaskCompletionSource _finished = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private long _lastNumber;
    private long _lastSequence;

    /// <summary>To be made when LiteDB has all that the journal has.</summary>
    public GroupCommit(
        ExclusiveEngine owner, StoreOverlay memory, ChangeJournal journal, Applier applier, Checkpointer checkpointer, StoreCondition condition,
        LiteDbOptions options, ILogger logger)
    {
        (_owner, _memory, _journal, _applier) = (owner, memory, journal, applier);
        (_checkpointer, _condition, _logger) = (checkpointer, condition, logger);
        _maxBatch = options.MaxBatch;
        _queue = new ChangeQueue(options.QueueLength);
        (_lastNumber, _lastSequence) = owner.Ask(tables => (tables.Progress.Read(), tables.Audit.LastSequence));
        _ids = new NewClientIds(owner.Ask(tables => tables.Clients.Highest()));
        new Thread(Run) { Name = "GrpcDcr writer", IsBackground = true }.Start();
    }

    /// <exception cref="StorageException">It did not happen, or nobody knows.</exception>
    public Task<ChangeOutcome> CommitAsync(Change change)
    {
        if (!_condition.TakesChanges)
        {
            throw _condition.Refusal;
        }

        if (_checkpointer.LogIsFull)
        {
            throw new StorageException(StorageFailure.Busy, "A backup holds the log, and the log is full.");
        }

        _queue.Add(change);
        return change.Outcome;
    }

    /// <summary>Finishes what waits, and ends the thread.</summary>
    public async ValueTask DisposeAsync()
    {
        _queue.Close();
        await _finished.Task;
    }

    private void Run()
    {
        try
        {
            while (_queue.Take(_changes, _maxBatch))
            {
                Write();
                _changes.Clear();
            }
        }
        catch (Exception e)
        {
            Abandon(e);
        }
        finally
        {
            _finished.SetResult();
        }
    }

    /// <summary>Something went wrong that nobody thought of: no change can be trusted to this thread any more.</summary>
    private void Abandon(Exception cause)
    {
        _condition.Stop("The writer failed.", cause);
        _queue.Close();
        do
        {
            _changes.ForEach(c => c.Fail(new StorageException(StorageFailure.OutcomeUnknown, "The writer failed.", cause)));
            _changes.Clear();
        }
        while (_queue.Take(_changes, _maxBatch));
    }

    private void Write()
    {
        _applier.AwaitRoom();
        if (_condition.TakesChanges)
        {
            Commit(_changes);
        }
        else
        {
            _changes.ForEach(c => c.Fail(_condition.Refusal));
        }
    }

    private void Commit(List<Change> together)
    {
        ChangeBatch batch;
        try
        {
            batch = new ChangeBatch(together, Stored());
        }
        catch (StorageException e)
        {
            Refused(together, e);
            return;
        }

        try
        {
            if (batch.Accepted.Count > 0)
            {
                Keep(JournalEntry.Of(_lastNumber + 1, batch));
                _lastSequence = batch.Writes.NextSequence - 1;
            }

            batch.Complete();
        }
        catch (StorageException e)
        {
            _condition.Stop("The journal could not be written, and what it holds is unknown until it is read again.", e);
            together.ForEach(c => c.Fail(e));
        }
    }

    /// <summary>Makes it durable, and lets everyone know it.</summary>
    private void Keep(JournalEntry entry)
    {
        _journal.Append(entry);
        _lastNumber = entry.Number;
        foreach (var added in entry.Clients.Added)
        {
            _ids.Take(added.Value.Id);
        }

        _memory.Take(entry);
        _applier.Add(entry);
    }

    /// <summary>What is durable: what the memory does not know LiteDB has.</summary>
    private WriteBatch Stored() => new(
        id => _memory.Clients.TryGet(id, out var known) ? known
            : _ids.MayBeTaken(id) ? _owner.Ask(tables => tables.Clients.Find(id))?.Value
            : null,
        id => _memory.Tokens.TryGet(id, out var known) ? known : _owner.Ask(tables => tables.InitialAccessTokens.Find(id))?.Value,
        statement => _memory.IsUsed(statement) || _owner.Ask(tables => tables.SoftwareStatements.Has(statement)),
        _lastSequence);

    /// <summary>One change that cannot be validated, because LiteDB cannot answer, takes the whole batch with it; alone, the others go through.</summary>
    private void Refused(List<Change> together, StorageException cause)
    {
        if (together.Count == 1 || !_condition.TakesChanges)
        {
            together.ForEach(c => c.Fail(cause));
            return;
        }

        _logger.BatchRefused(together.Count, cause);
        together.ForEach(c => Commit([c]));
    }
}
