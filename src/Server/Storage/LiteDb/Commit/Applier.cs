using GrpcDcr.Server.Storage.LiteDb.Journal;

namespace GrpcDcr.Server.Storage.LiteDb.Commit;

/// <summary>
/// Applies the journal to LiteDB: a thread that takes durable entries from the <see cref="ApplyQueue"/> and writes them in one transaction.
/// Nobody else changes LiteDB.
/// </summary>
internal sealed class Applier : IAsyncDisposable
{
    private static readonly TimeSpan TickPeriod = TimeSpan.FromSeconds(1);

    private readonly ExclusiveEngine _engine;
    private readonly StoreOverlay _overlay;
    private readonly ChangeJournal _journal;
    private readonly Checkpointer _checkpointer;
    private readonly StoreCondition _condition;
    private readonly TimeProvider _time;
    private readonly ApplyQueue _queue;
    private readonly ITimer _ticks;
    private readonly TaskCompletionSource _started = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _finished = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private long _applied;

    public Applier(
        ExclusiveEngine engine, StoreOverlay overlay, ChangeJournal journal, ApplyQueue queue, Checkpointer checkpointer,
        StoreCondition condition, TimeProvider time)
    {
        _engine = engine;
        _overlay = overlay;
        _journal = journal;
        _checkpointer = checkpointer;
        _condition = condition;
        _time = time;
        _queue = queue;
        new Thread(Run) { Name = "GrpcDcr applier", IsBackground = true }.Start();
        _ticks = time.CreateTimer(_ => _queue.Tick(), null, TickPeriod, TickPeriod);
    }

    /// <summary>Completes when the journal is fully applied and a first write has reached the disk.</summary>
    public Task Started => _started.Task;

    /// <summary>Applies what is queued, runs a checkpoint, and ends the thread.</summary>
    public async ValueTask DisposeAsync()
    {
        await _ticks.DisposeAsync();
        _queue.Close();
        await _finished.Task;
    }

    private void Run()
    {
        try
        {
            Start();
            while (_queue.Next(out var entries, out var hasTicked))
            {
                Apply(entries);
                _queue.Applied(_applied, _engine.MakeDurable);
                Checkpoint(hasTicked);
            }

            _checkpointer.Run(_applied);
        }
        catch (Exception e)
        {
            if (!_started.TrySetException(e))
            {
                _condition.Stop("The journal could not be applied to LiteDB; the next start will retry.", e);
            }
        }
        finally
        {
            _queue.End();
            _finished.SetResult();
        }
    }

    /// <summary>Applies what the last process left, and checks that the disk accepts writes.</summary>
    private void Start()
    {
        _applied = _engine.Query(tables => tables.Progress.Read());
        foreach (var entry in _journal.After(_applied))
        {
            _queue.Add(entry);
        }

        while (_queue.TakeBatch() is { Count: > 0 } entries)
        {
            Apply(entries);
        }

        _engine.MakeDurable();
        _queue.Applied(_applied, _engine.MakeDurable);
        _journal.StartSegment();
        _checkpointer.Run(_applied);
        if (_condition.HasStopped)
        {
            throw _condition.Refusal;
        }

        if (_condition.TakesChanges)
        {
            _engine.RewriteMarker();
            _engine.MakeDurable();
        }

        _started.SetResult();
    }

    private void Apply(IReadOnlyList<JournalEntry> entries)
    {
        if (entries.Count == 0)
        {
            return;
        }

        _engine.Apply(JournalEntry.Merge(entries), _time.GetUtcNow());
        _applied = entries[^1].Number;
        foreach (var entry in entries)
        {
            _overlay.Applied(entry);
        }
    }

    private void Checkpoint(bool hasTicked)
    {
        if (hasTicked)
        {
            _checkpointer.OnTick(_applied);
        }
        else
        {
            _checkpointer.RunIfDue(_applied);
        }
    }
}
