using GrpcDcr.Server.Storage.LiteDb.Journal;

namespace GrpcDcr.Server.Storage.LiteDb;

/// <summary>What is in the journal and not yet in LiteDB, and who waits for it to be there.</summary>
internal sealed class Backlog(LiteDbOptions options, StoreCondition condition, TimeProvider time)
{
    private readonly object gate = new();
    private readonly Queue<JournalEntry> waiting = new();
    private readonly List<Wish> wishes = [];
    private int waitingSize;
    private bool ticked;
    private bool closed;
    private bool ended;
    private long addedNumber;
    private long appliedNumber;

    /// <summary>Takes an entry that is durable.</summary>
    public void Add(JournalEntry entry)
    {
        lock (gate)
        {
            waiting.Enqueue(entry);
            waitingSize += entry.Size;
            addedNumber = entry.Number;
            Monitor.PulseAll(gate);
        }
    }

    /// <summary>Waits until not too much waits.</summary>
    public void AwaitRoom()
    {
        lock (gate)
        {
            while (waitingSize >= options.MaxUnapplied && !ended)
            {
                Monitor.Wait(gate);
            }
        }
    }

    /// <summary>Completes when LiteDB has all that was added so far.</summary>
    /// <param name="onDisk">Whether the log of pages must have it on disk, too.</param>
    public Task AppliedAsync(bool onDisk)
    {
        lock (gate)
        {
            if (!onDisk && appliedNumber >= addedNumber)
            {
                return Task.CompletedTask;
            }

            if (ended)
            {
                return Task.FromException(condition.Refusal);
            }

            var wish = new Wish(addedNumber, onDisk);
            wishes.Add(wish);
            Monitor.PulseAll(gate);
            return wish.Done.Task;
        }
    }

    /// <summary>Lets <see cref="Next"/> return although there is nothing to do.</summary>
    public void Tick()
    {
        lock (gate)
        {
            ticked = true;
            Monitor.PulseAll(gate);
        }
    }

    /// <summary>Nothing more comes; what is here is still handed out.</summary>
    public void Close()
    {
        lock (gate)
        {
            closed = true;
            Monitor.PulseAll(gate);
        }
    }

    /// <summary>Nothing more is taken: whoever waits, waits for nothing.</summary>
    public void End()
    {
        lock (gate)
        {
            ended = true;
            wishes.ForEach(w => w.Done.TrySetException(condition.Refusal));
            wishes.Clear();
            Monitor.PulseAll(gate);
        }
    }

    /// <summary>Waits for something to do, and then a little longer: many at a time cost much less than one after the other.</summary>
    /// <param name="entries">To be applied; may be none.</param>
    /// <param name="hasTicked">Whether there was a tick.</param>
    /// <returns><see langword="false"/> when there is nothing more, ever.</returns>
    public bool Next(out IReadOnlyList<JournalEntry> entries, out bool hasTicked)
    {
        lock (gate)
        {
            while (waiting.Count == 0 && wishes.Count == 0 && !ticked && !closed)
            {
                Monitor.Wait(gate);
            }

            Gather();
            entries = Some();
            (hasTicked, ticked) = (ticked, false);
            return entries.Count > 0 || wishes.Count > 0 || !closed;
        }
    }

    /// <summary>Takes as many as go into LiteDB at once, without waiting.</summary>
    public IReadOnlyList<JournalEntry> Some()
    {
        var (some, size) = (new List<JournalEntry>(), 0);
        lock (gate)
        {
            while (size < options.RecordsAtOnce && waiting.TryDequeue(out var entry))
            {
                some.Add(entry);
                size += entry.Size;
            }

            waitingSize -= size;
            Monitor.PulseAll(gate);
        }

        return some;
    }

    /// <summary>LiteDB has all up to <paramref name="number"/>: tells those who wait for that.</summary>
    /// <param name="number">Of an entry.</param>
    /// <param name="takeToDisk">Called before, where somebody needs it on disk.</param>
    public void Applied(long number, Action takeToDisk)
    {
        List<Wish> due;
        lock (gate)
        {
            appliedNumber = number;
            due = wishes.FindAll(w => w.Number <= number);
        }

        if (due.Exists(w => w.OnDisk))
        {
            takeToDisk();
        }

        lock (gate)
        {
            wishes.RemoveAll(due.Contains);
        }

        due.ForEach(w => w.Done.TrySetResult());
    }

    private void Gather()
    {
        var end = time.GetTimestamp() + (long)(options.Gathering.TotalSeconds * time.TimestampFrequency);
        while (waiting.Count > 0 && waitingSize < options.RecordsAtOnce && wishes.Count == 0 && !ticked && !closed)
        {
            if (!Monitor.Wait(gate, options.Gathering) || time.GetTimestamp() >= end)
            {
                return;
            }
        }
    }

    /// <summary>Somebody waits for what was added so far.</summary>
    private sealed class Wish(long number, bool onDisk)
    {
        public long Number => number;

        public bool OnDisk => onDisk;

        public TaskCompletionSource Done { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
