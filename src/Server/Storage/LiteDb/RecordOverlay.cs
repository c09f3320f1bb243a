using System.Collections.Concurrent;
using GrpcDcr.Server.Storage.LiteDb.Journal;

namespace GrpcDcr.Server.Storage.LiteDb;

/// <summary>
/// Records of one kind as they are durable: all that the journal has and LiteDB has not, and of the others those of late. Reading takes no lock.
/// </summary>
/// <param name="capacity">Bytes for those of late, roughly.</param>
/// <param name="idOf">Whose a record is.</param>
internal sealed class RecordOverlay<TId, T>(long capacity, Func<T, TId> idOf)
    where TId : notnull
    where T : class
{
    private readonly ConcurrentDictionary<TId, Unapplied> _unapplied = new();
    private readonly RecordCache<TId, T> _recent = new(capacity);
    private readonly Lock _gate = new();

    /// <summary>Whether it is known without asking LiteDB.</summary>
    /// <param name="id">Whose record it is.</param>
    /// <param name="value"><see langword="null"/> when it is known that there is none.</param>
    public bool TryGet(TId id, out T? value)
    {
        if (_unapplied.TryGetValue(id, out var waiting))
        {
            value = waiting.Now;
            return true;
        }

        return _recent.TryGet(id, out value);
    }

    /// <summary>Takes over what became durable.</summary>
    /// <param name="changes">What became of records.</param>
    /// <param name="number">Of the entry of the journal that has it.</param>
    public void Take(RecordChanges<TId, T> changes, long number)
    {
        lock (_gate)
        {
            foreach (var kept in changes.Added.Concat(changes.Changed))
            {
                var id = idOf(kept.Value);
                _unapplied[id] = new Unapplied(kept.Value, number);
                _recent.Put(id, kept.Value, kept.Bytes.Length);
            }

            foreach (var id in changes.Removed)
            {
                _unapplied[id] = new Unapplied(null, number);
                _recent.Remove(id);
            }
        }
    }

    /// <summary>Remembers what LiteDB answered, unless something newer is known. LiteDB must not have changed since.</summary>
    public void Remember(TId id, T value, int recordBytes)
    {
        lock (_gate)
        {
            if (!_unapplied.ContainsKey(id))
            {
                _recent.Put(id, value, recordBytes);
            }
        }
    }

    /// <summary>LiteDB has the entry of this number now.</summary>
    public void Forget(RecordChanges<TId, T> changes, long number)
    {
        foreach (var id in changes.Added.Concat(changes.Changed).Select(kept => idOf(kept.Value)).Concat(changes.Removed))
        {
            // A later change of the same record stays.
            if (_unapplied.TryGetValue(id, out var waiting) && waiting.Number <= number)
            {
                _unapplied.TryRemove(KeyValuePair.Create(id, waiting));
            }
        }
    }

    private sealed class Unapplied(T? now, long number)
    {
        public T? Now => now;

        public long Number => number;
    }
}
