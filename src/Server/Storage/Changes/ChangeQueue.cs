namespace GrpcDcr.Server.Storage.Changes;

/// <summary>Changes that wait for the writer: many threads add, one takes.</summary>
internal sealed class ChangeQueue(int capacity)
{
    private const int MaxYields = 6;

    private readonly object gate = new();
    private readonly Queue<Change> waiting = new();
    private bool closed;

    /// <exception cref="StorageException">Full, or closed. The change will not happen.</exception>
    public void Add(Change change)
    {
        lock (gate)
        {
            if (closed)
            {
                throw new StorageException(StorageFailure.Unavailable, "The store is closed.");
            }

            if (waiting.Count >= capacity)
            {
                throw new StorageException(StorageFailure.Busy, $"{capacity} changes are waiting already.");
            }

            waiting.Enqueue(change);
            Monitor.Pulse(gate);
        }
    }

    /// <summary>Takes no more changes; those that wait are still handed out.</summary>
    public void Close()
    {
        lock (gate)
        {
            closed = true;
            Monitor.Pulse(gate);
        }
    }

    /// <summary>Waits for changes, and moves up to <paramref name="max"/> of them into <paramref name="batch"/>.</summary>
    /// <param name="batch">Gets them.</param>
    /// <param name="max">How many at the most.</param>
    /// <returns><see langword="false"/> once closed and empty.</returns>
    public bool Take(List<Change> batch, int max)
    {
        lock (gate)
        {
            while (waiting.Count == 0 && !closed)
            {
                Monitor.Wait(gate);
            }
        }

        LetOthersAdd();
        lock (gate)
        {
            while (batch.Count < max && waiting.TryDequeue(out var change))
            {
                batch.Add(change);
            }

            return batch.Count > 0 || !closed;
        }
    }

    /// <summary>Whoever is about to add goes first: on a busy processor that makes one batch of what would be several.</summary>
    private void LetOthersAdd()
    {
        for (int yields = 0, before = 0; yields < MaxYields && Count() > before; yields++)
        {
            before = Count();
            Thread.Yield();
        }
    }

    private int Count()
    {
        lock (gate)
        {
            return waiting.Count;
        }
    }
}
