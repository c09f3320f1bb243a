using GrpcDcr.Server.Storage.LiteDb.Journal;

namespace GrpcDcr.Server.Storage.LiteDb;

/// <summary>What is in the journal and not yet in LiteDB, and who waits for it to be there.</summary>
internal sealed class ApplyQueue(LiteDbOptions options, StoreCondition condition, TimeProvider time)
{
    private readonly object _gate = new();
    private readonly Queue<JournalEntry> _waiting = new();
    private readonly List<Waiter> _waiters = [];
    private int _waitingSize;
    private bool _ticked;
    private bool _closed;
    private bool _ended;
    private long _addedNumber;
    private long _appliedNumber;

    /// <summary>Takes an entry that is durable.</summary>
    public void Add(JournalEntry entry)
    {
        lock (_gate)
        {
            _waiting.Enqueue(entry);
            _waitingSize += entry.Size;
            _addedNumber = entry.Number;
            Monitor.PulseAll(_gate);
        }
    }

    /// <summary>Waits until not too much waits.</summary>
    public void AwaitRoom()
    {
        lock (_gate)
        {
            while (_waitingSize >= options.MaxUnapplied && !_ended)
            {
                Monitor.Wait(_gate);
            }
        }
    }

    /// <summary>Completes when LiteDB has all that was added so far.</summary>
    /// <param name="onDisk">Whether the log of pages must have it on disk, too.</param>
    public Task AppliedAsync(bool onDisk)
    {
        lock (_gate)
        {
            if (!onDisk && _appliedNumber >= _addedNumber)
            {
                return Task.CompletedTask;
            }

            if (_ended)
            {
                return Task.FromException(condition.Refusal);
            }

            var wish = new Waiter(_addedNumber, onDisk);
            _waiters.Add(wish);
            Monitor.PulseAll(_gate);
            return wish.Done.Task;
        }
    }

    /// <summary>Lets <see cref="Next"/> return although there is nothing to do.</summary>
    public void Tick()
    {
        lock (_gate)
        {
            _ticked = true;
            Monitor.PulseAll(_gate);
        }
    }

    /// <summary>Nothing more comes; what is here is still handed out.</summary>
    public void Close()
    {
        lock (_gate)
        {
            _closed = true;
            Monitor.PulseAll(_gate);
        }
    }

    /// <summary>Nothing more is taken: whoever waits, waits for nothing.</summary>
    public void End()
    {
        lock (_gate)
        {
            _ended = true;
            _waiters.ForEach(w => w.Done.TrySetException(condition.Refusal));
            _waiters.Clear();
            Monitor.PulseAll(_gate);
        }
    }

    /// <summary>Waits for something to do, and then a little longer: many at a time cost much less than one after the other.</summary>
    /// <param name="entries">To be applied; may be none.</param>
    /// <param name="hasTicked">Whether there was a tick.</param>
    /// <returns><see langword="false"/> when there is nothing more, ever.</returns>
    public bool Next(out IReadOnlyList<JournalEntry> entries, out bool hasTicked)
    {
        lock (_gate)
        {
            while (_waiting.Count == 0 && _waiters.Count == 0 && !_ticked && !_closed)
            {
                Monitor.Wait(_gate);
            }

            WaitForMore();
            entries = TakeSome();
            (hasTicked, _ticked) = (_ticked, false);
            return entries.Count > 0 || _waiters.Count > 0 || !_closed;
        }
    }

    /// <summary>Takes as many as go into LiteDB at once, without waiting.</summary>
    public IReadOnlyList<JournalEntry> TakeSome()
    {
        var (some, size) = (new List<JournalEntry>(), 0);
        lock (_gate)
        {
            while (size < options.RecordsAtOnce && _waiting.TryDequeue(out var entry))
            {
                some.Add(entry);
                size += entry.Size;
            }

            _waitingSize -= size;
            Monitor.PulseAll(_gate);
        }

        return some;
    }

    /// <summary>LiteDB has all up to <paramref name="number"/>: tells those who wait for that.</summary>
    /// <param name="number">Of an entry.</param>
    /// <param name="takeToDisk">Called before, where somebody needs it on disk.</param>
    public void Applied(long number, Action takeToDisk)
    {
        List<Waiter> due;
        lock (_gate)
        {
            _appliedNumber = number;
            due = _waiters.FindAll(w => w.Number <= number);
        }

        if (due.Exists(w => w.OnDisk))
        {
            takeToDisk();
        }

        lock (_gate)
        {
            _waiters.RemoveAll(due.Contains);
        }

        due.ForEach(w => w.Done.TrySetResult());
    }

    private void WaitForMore()
    {
        var end = time.GetTimestamp() + (long)(options.Gathering.TotalSeconds * time.TimestampFrequency);
        while (_waiting.Count > 0 && _waitingSize < options.RecordsAtOnce && _waiters.Count == 0 && !_ticked && !_closed)
        {
            if (!Monitor.Wait(_gate, options.Gathering) || time.GetTimestamp() >= end)
            {
                return;
            }
        }
    }

    /// <summary>Somebody waits for what was added so far.</summary>
    private sealed class Waiter(long number, bool onDisk)
    {
        public long Number => number;

        public bool OnDisk => onDisk;

        public TaskCompletionSource Done { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
