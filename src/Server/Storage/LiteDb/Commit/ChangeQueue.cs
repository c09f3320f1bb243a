using GrpcDcr.Server.Storage.Writes;

namespace GrpcDcr.Server.Storage.LiteDb.Commit;

/// <summary>Changes that wait for the writer: many threads add, one takes.</summary>
/// <param name="capacity">In changes.</param>
/// <param name="capacityBytes">In bytes of their records. One change always has room.</param>
internal sealed class ChangeQueue(int capacity, long capacityBytes)
{
    private const int MaxYields = 6;

    private readonly object _gate = new();
    private readonly Queue<Change> _waiting = new();
    private long _bytes;
    private bool _closed;

    /// <exception cref="StorageException">Full, or closed. The change will not happen.</exception>
    public void Add(Change change)
    {
        var bytes = change.Bytes;
        lock (_gate)
        {
            if (_closed)
            {
                throw new StorageException(StorageFailure.Unavailable, "The store is closed.");
            }

            if (_waiting.Count >= capacity)
            {
                throw new StorageException(StorageFailure.Busy, $"{capacity} changes are queued already.");
            }

            if (_waiting.Count > 0 && _bytes + bytes > capacityBytes)
            {
                throw new StorageException(StorageFailure.Busy, $"Changes of {_bytes} bytes are queued already.");
            }

            _waiting.Enqueue(change);
            _bytes += bytes;
            Monitor.Pulse(_gate);
        }
    }

    /// <summary>Takes no more changes; those that wait are still handed out.</summary>
    public void Close()
    {
        lock (_gate)
        {
            _closed = true;
            Monitor.Pulse(_gate);
        }
    }

    /// <summary>Waits for changes, and moves up to <paramref name="max"/> of them into <paramref name="batch"/>.</summary>
    /// <param name="batch">Gets them.</param>
    /// <param name="max">How many at the most.</param>
    /// <returns><see langword="false"/> once closed and empty.</returns>
    public bool Take(List<Change> batch, int max)
    {
        lock (_gate)
        {
            while (_waiting.Count == 0 && !_closed)
            {
                Monitor.Wait(_gate);
            }
        }

        YieldToCallers();
        lock (_gate)
        {
            while (batch.Count < max && _waiting.TryDequeue(out var change))
            {
                batch.Add(change);
                _bytes -= change.Bytes;
            }

            return batch.Count > 0 || !_closed;
        }
    }

    /// <summary>Lets callers that are about to add go first: on a busy processor that makes one batch out of several.</summary>
    private void YieldToCallers()
    {
        for (int yields = 0, before = 0; yields < MaxYields && Count() > before; yields++)
        {
            before = Count();
            Thread.Yield();
        }
    }

    /// <summary>How many changes wait.</summary>
    public int Count()
    {
        lock (_gate)
        {
            return _waiting.Count;
        }
    }
}
