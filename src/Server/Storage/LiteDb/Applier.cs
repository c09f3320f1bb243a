using GrpcDcr.Server.Storage.LiteDb.Journal;

namespace GrpcDcr.Server.Storage.LiteDb;

/// <summary>
/// Brings the journal into LiteDB: a thread that takes what is durable already, and writes it in one transaction. The only one that changes
/// LiteDB. Callers wait for it only where they ask LiteDB for lists, or when too much waits.
/// </summary>
internal sealed class Applier : IAsyncDisposable
{
    private static readonly TimeSpan TickPeriod = TimeSpan.FromSeconds(1);

    private readonly ExclusiveEngine _owner;
    private readonly StoreOverlay _memory;
    private readonly ChangeJournal _journal;
    private readonly Checkpointer _checkpointer;
    private readonly StoreCondition _condition;
    private readonly TimeProvider _time;
    private readonly ApplyQueue _backlog;
    private readonly ITimer _ticks;
    private readonly TaskCompletionSource _started = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _finished = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private long _applied;

    public Applier(
        ExclusiveEngine owner, StoreOverlay memory, ChangeJournal journal, Checkpointer checkpointer, StoreCondition condition,
        LiteDbOptions options, TimeProvider time)
    {
        (_owner, _memory, _journal, _checkpointer, _condition) = (owner, memory, journal, checkpointer, condition);
        _time = time;
        _backlog = new ApplyQueue(options, condition, time);
        new Thread(Run) { Name = "GrpcDcr applier", IsBackground = true }.Start();
        _ticks = time.CreateTimer(_ => _backlog.Tick(), null, TickPeriod, TickPeriod);
    }

    /// <summary>Completes when LiteDB has all of the journal, and the disk has taken a first write.</summary>
    public Task Started => _started.Task;

    /// <summary>Takes an entry that is durable, and that the memory knows.</summary>
    public void Add(JournalEntry entry) => _backlog.Add(entry);

    /// <summary>Waits until not too much waits.</summary>
    public void AwaitRoom() => _backlog.AwaitRoom();

    /// <summary>Completes when LiteDB has all that was added so far.</summary>
    /// <exception cref="StorageException">It never will.</exception>
    public Task AppliedAsync(CancellationToken cancellationToken) => _backlog.AppliedAsync(onDisk: false).WaitAsync(cancellationToken);

    /// <summary>Completes when the log of pages has all that was added so far, on disk.</summary>
    /// <exception cref="StorageException">It never will.</exception>
    public Task LoggedAsync(CancellationToken cancellationToken) => _backlog.AppliedAsync(onDisk: true).WaitAsync(cancellationToken);

    /// <summary>Brings in what waits, moves it into the data file, and ends the thread.</summary>
    public async ValueTask DisposeAsync()
    {
        await _ticks.DisposeAsync();
        _backlog.Close();
        await _finished.Task;
    }

    private void Run()
    {
        try
        {
            Start();
            while (_backlog.Next(out var entries, out var hasTicked))
            {
                Apply(entries);
                _backlog.Applied(_applied, _owner.MakeDurable);
                Checkpoint(hasTicked);
            }

            _checkpointer.Run(_applied);
        }
        catch (Exception e)
        {
            if (!_started.TrySetException(e))
            {
                _condition.Stop("What the journal has could not be brought into LiteDB; the next start tries again.", e);
            }
        }
        finally
        {
            _backlog.End();
            _finished.SetResult();
        }
    }

    /// <summary>Brings in what the last process left, and finds out before anyone depends on it whether the disk takes writes.</summary>
    private void Start()
    {
        _applied = _owner.Ask(tables => tables.Progress.Read());
        foreach (var entry in _journal.Behind(_applied))
        {
            _backlog.Add(entry);
        }

        while (_backlog.TakeSome() is { Count: > 0 } entries)
        {
            Apply(entries);
        }

        _backlog.Applied(_applied, _owner.MakeDurable);
        _checkpointer.Run(_applied);
        if (_condition.HasStopped)
        {
            throw _condition.Refusal;
        }

        if (_condition.TakesChanges)
        {
            _owner.Touch();
            _owner.MakeDurable();
        }

        _started.SetResult();
    }

    private void Apply(IReadOnlyList<JournalEntry> entries)
    {
        if (entries.Count == 0)
        {
            return;
        }

        _owner.Apply(JournalEntry.Together(entries), _time.GetUtcNow());
        _applied = entries[^1].Number;
        foreach (var entry in entries)
        {
            _memory.Forget(entry);
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
