using GrpcDcr.Server.Storage.LiteDb.Files;
using GrpcDcr.Server.Storage.LiteDb.Journal;

namespace GrpcDcr.Server.Storage.LiteDb.Commit;

/// <summary>Entries that are in the journal and not yet in LiteDB, and callers that wait until they are applied.</summary>
internal sealed class ApplyQueue(LiteDbOptions options, StoreCondition condition, TimeProvider time)
{
    private readonly object _gate = new();
    private readonly Queue<JournalEntry> _entries = new();
    private readonly List<Waiter> _waiters = [];
    private int _queuedSize;
    private long _queuedBytes;
    private bool _ticked;
    private bool _closed;
    private bool _ended;
    private long _addedNumber;
    private long _appliedNumber;

    /// <summary>How many records are queued.</summary>
    public int Size => Volatile.Read(ref _queuedSize);

    /// <summary>Adds an entry that is durable and that the overlay has.</summary>
    public void Add(JournalEntry entry)
    {
        lock (_gate)
        {
            _entries.Enqueue(entry);
            _queuedSize += entry.Size;
            _queuedBytes += entry.Bytes;
            _addedNumber = entry.Number;
            if (_entries.Count == 1 || _queuedSize >= options.RecordsPerTransaction)
            {
                Monitor.PulseAll(_gate);
            }
        }
    }

    /// <summary>Blocks while the queue is full.</summary>
    public void AwaitCapacity()
    {
        lock (_gate)
        {
            while ((_queuedSize >= options.MaxUnapplied || _queuedBytes >= options.MaxUnappliedBytes) && !_ended)
            {
                Monitor.Wait(_gate);
            }
        }
    }

    /// <summary>Completes when all that was added so far is applied to LiteDB.</summary>
    /// <exception cref="StorageException">It never will be.</exception>
    public Task AppliedAsync(CancellationToken cancellationToken) => AppliedAsync(onDisk: false).WaitAsync(cancellationToken);

    /// <summary>Completes when all that was added so far is applied, and durable in the log of pages.</summary>
    /// <exception cref="StorageException">It never will be.</exception>
    public Task LoggedAsync(CancellationToken cancellationToken) => AppliedAsync(onDisk: true).WaitAsync(cancellationToken);

    /// <summary>Lets <see cref="Next"/> return although there is nothing to do.</summary>
    public void Tick()
    {
        lock (_gate)
        {
            _ticked = true;
            Monitor.PulseAll(_gate);
        }
    }

    /// <summary>Takes no more entries; those that are queued are still handed out.</summary>
    public void Close()
    {
        lock (_gate)
        {
            _closed = true;
            Monitor.PulseAll(_gate);
        }
    }

    /// <summary>Nothing more will be applied: fails all waiters.</summary>
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

    /// <summary>
    /// Waits for something to do, and then a little longer: one transaction for many entries costs much less than one for each.
    /// </summary>
    /// <param name="entries">To be applied; may be none.</param>
    /// <param name="hasTicked">Whether there was a tick.</param>
    /// <returns><see langword="false"/> when there is nothing more, ever.</returns>
    public bool Next(out IReadOnlyList<JournalEntry> entries, out bool hasTicked)
    {
        lock (_gate)
        {
            while (_entries.Count == 0 && _waiters.Count == 0 && !_ticked && !_closed)
            {
                Monitor.Wait(_gate);
            }

            WaitForMore();
            entries = TakeBatch();
            (hasTicked, _ticked) = (_ticked, false);
            return entries.Count > 0 || _waiters.Count > 0 || !_closed;
        }
    }

    /// <summary>Takes as many entries as are applied in one transaction, without waiting.</summary>
    public IReadOnlyList<JournalEntry> TakeBatch()
    {
        var (batch, size) = (new List<JournalEntry>(), 0);
        lock (_gate)
        {
            while (size < options.RecordsPerTransaction && _entries.TryDequeue(out var entry))
            {
                batch.Add(entry);
                size += entry.Size;
                _queuedBytes -= entry.Bytes;
            }

            _queuedSize -= size;
            Monitor.PulseAll(_gate);
        }

        return batch;
    }

    /// <summary>All entries up to <paramref name="number"/> are applied: completes those who wait for them.</summary>
    /// <param name="number">The number of the last of them.</param>
    /// <param name="makeDurable">Called before, where a waiter needs them on disk.</param>
    public void Applied(long number, Action makeDurable)
    {
        List<Waiter> due;
        lock (_gate)
        {
            _appliedNumber = number;
            due = _waiters.FindAll(w => w.Number <= number);
        }

        if (due.Exists(w => w.OnDisk))
        {
            makeDurable();
        }

        lock (_gate)
        {
            _waiters.RemoveAll(due.Contains);
        }

        due.ForEach(w => w.Done.TrySetResult());
    }

    /// <param name="onDisk">Whether it must also be durable in the log of pages.</param>
    private Task AppliedAsync(bool onDisk)
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

            var waiter = new Waiter(_addedNumber, onDisk);
            _waiters.Add(waiter);
            Monitor.PulseAll(_gate);
            return waiter.Done.Task;
        }
    }

    private void WaitForMore()
    {
        var end = time.GetTimestamp() + (long)(options.Gathering.TotalSeconds * time.TimestampFrequency);
        while (_entries.Count > 0 && _queuedSize < options.RecordsPerTransaction && _waiters.Count == 0 && !_ticked && !_closed)
        {
            if (!Monitor.Wait(_gate, options.Gathering) || time.GetTimestamp() >= end)
            {
                return;
            }
        }
    }

    /// <summary>A caller that waits until an entry is applied.</summary>
    private sealed class Waiter(long number, bool onDisk)
    {
        public long Number => number;

        public bool OnDisk => onDisk;

        public TaskCompletionSource Done { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
