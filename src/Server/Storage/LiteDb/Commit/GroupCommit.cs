using GrpcDcr.Server.Storage.LiteDb.Files;
using GrpcDcr.Server.Storage.LiteDb.Journal;
using GrpcDcr.Server.Storage.Writes;
using GrpcDcr.Server.Telemetry;

namespace GrpcDcr.Server.Storage.LiteDb.Commit;

/// <summary>
/// The one writer: a thread that takes all queued changes, validates them, writes them to the journal as one entry, and then completes
/// them. While it syncs, the next batch gathers; so batches grow with the load and nobody waits for a timer.
/// </summary>
internal sealed class GroupCommit : IAsyncDisposable
{
    private readonly ExclusiveEngine _engine;
    private readonly StoreOverlay _overlay;
    private readonly ChangeJournal _journal;
    private readonly ApplyQueue _applyQueue;
    private readonly Checkpointer _checkpointer;
    private readonly StoreCondition _condition;
    private readonly ServiceMetrics _metrics;
    private readonly ILogger _logger;
    private readonly int _maxBatch;
    private readonly ChangeQueue _queue;
    private readonly NewClientIds _ids;
    private readonly List<Change> _changes = [];
    private readonly TaskCompletionSource _finished = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private long _lastNumber;
    private long _lastSequence;

    /// <summary>To be constructed when the journal is fully applied.</summary>
    public GroupCommit(
        ExclusiveEngine engine, StoreOverlay overlay, ChangeJournal journal, ApplyQueue applyQueue, Checkpointer checkpointer,
        StoreCondition condition, LiteDbOptions options, ServiceMetrics metrics, ILogger logger)
    {
        _engine = engine;
        _overlay = overlay;
        _journal = journal;
        _applyQueue = applyQueue;
        _checkpointer = checkpointer;
        _condition = condition;
        _metrics = metrics;
        _logger = logger;
        _maxBatch = options.MaxBatch;
        _queue = new ChangeQueue(options.QueueLength, options.QueueBytes);
        (_lastNumber, _lastSequence) = engine.Query(tables => (tables.Progress.Read(), tables.Audit.LastSequence));
        _ids = new NewClientIds(engine.Query(tables => tables.Clients.Highest()));
        new Thread(Run) { Name = "GrpcDcr writer", IsBackground = true }.Start();
    }

    /// <summary>How many changes wait.</summary>
    public int Queued => _queue.Count();

    /// <exception cref="StorageException">The change did not happen, or its outcome is unknown.</exception>
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

    /// <summary>Commits what is queued, and ends the thread.</summary>
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

    /// <summary>An unexpected failure: what it left behind is unknown, so no further change is taken.</summary>
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
        _applyQueue.AwaitCapacity();
        if (_condition.TakesChanges)
        {
            Commit(_changes);
        }
        else
        {
            _changes.ForEach(c => c.Fail(_condition.Refusal));
        }
    }

    private void Commit(List<Change> changes)
    {
        ChangeBatch batch;
        try
        {
            batch = new ChangeBatch(changes, Committed());
        }
        catch (StorageException e)
        {
            CommitOneByOne(changes, e);
            return;
        }

        try
        {
            if (batch.Accepted.Count > 0)
            {
                Append(JournalEntry.Of(_lastNumber + 1, batch));
                _lastSequence = batch.Writes.NextSequence - 1;
                _metrics.BatchCommitted(batch.Accepted.Count, Attributes.LiteDb);
            }

            batch.Complete();
        }
        catch (StorageException e)
        {
            _condition.Stop("The journal could not be written, and its content is unknown until it is read again.", e);
            changes.ForEach(c => c.Fail(e));
        }
    }

    /// <summary>Makes an entry durable, and visible to readers.</summary>
    private void Append(JournalEntry entry)
    {
        var started = ServiceMetrics.Start();
        _journal.Append(entry);
        _metrics.JournalSynced(started);
        _lastNumber = entry.Number;
        foreach (var inserted in entry.Clients.Inserted)
        {
            _ids.Add(inserted.Value.Id);
        }

        _overlay.Add(entry);
        _applyQueue.Add(entry);
    }

    /// <summary>What is durable: LiteDB has what is not in the overlay.</summary>
    private WriteBatch Committed() => new(
        id => _overlay.Clients.TryGet(id, out var known) ? known
            : _ids.MayBeTaken(id) ? _engine.Query(tables => tables.Clients.Find(id))?.Value
            : null,
        id => _overlay.InitialAccessTokens.TryGet(id, out var known) ? known
            : _engine.Query(tables => tables.InitialAccessTokens.Find(id))?.Value,
        key => _overlay.FindUse(key) is not null || _engine.Query(tables => tables.OneTimeUses.Find(key)) is not null,
        () => _overlay.RegistrationStatus,
        _lastSequence);

    /// <summary>
    /// One change that cannot be validated, because LiteDB cannot answer, fails the whole batch; one by one, the others are committed.
    /// </summary>
    private void CommitOneByOne(List<Change> changes, StorageException cause)
    {
        if (changes.Count == 1 || !_condition.TakesChanges)
        {
            changes.ForEach(c => c.Fail(cause));
            return;
        }

        _logger.BatchRefused(changes.Count, cause);
        changes.ForEach(c => Commit([c]));
    }
}
