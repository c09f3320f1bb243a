using System.Collections.Concurrent;
using GrpcDcr.Server.Storage.LiteDb.Journal;

namespace GrpcDcr.Server.Storage.LiteDb.Commit;

/// <summary>
/// Records of one kind as they are durable: all that are in the journal and not yet in LiteDB, and a cache of those that were read. Reading
/// takes no lock.
/// </summary>
/// <param name="cacheBytes">Size of the cache, roughly.</param>
/// <param name="idOf">The identifier of a record.</param>
internal sealed class RecordOverlay<TId, T>(long cacheBytes, Func<T, TId> idOf)
    where TId : notnull
    where T : class
{
    private readonly ConcurrentDictionary<TId, Unapplied> _unapplied = new();
    private readonly RecordCache<TId, T> _cache = new(cacheBytes);
    private readonly Lock _gate = new();

    /// <summary>The size of what is cached, roughly.</summary>
    public long CacheBytes => _cache.Bytes;

    /// <summary>Whether the record is known without a query to LiteDB.</summary>
    /// <param name="id">The identifier of the record.</param>
    /// <param name="value"><see langword="null"/> when it is known that there is none.</param>
    public bool TryGet(TId id, out T? value)
    {
        if (_unapplied.TryGetValue(id, out var unapplied))
        {
            value = unapplied.Now;
            return true;
        }

        return _cache.TryGet(id, out value);
    }

    /// <summary>Adds changes that are durable.</summary>
    /// <param name="changes">The changes.</param>
    /// <param name="number">The entry of the journal that has them.</param>
    public void Add(RecordChanges<TId, T> changes, long number)
    {
        lock (_gate)
        {
            foreach (var record in changes.Written)
            {
                var id = idOf(record.Value);
                _unapplied[id] = new Unapplied(record.Value, number);
                _cache.Replace(id, record.Value, record.Bytes.Length);
            }

            foreach (var id in changes.Deleted)
            {
                _unapplied[id] = new Unapplied(null, number);
                _cache.Remove(id);
            }
        }
    }

    /// <summary>
    /// Caches a record that was read from LiteDB, unless a newer one is known. LiteDB must not have changed since it was read.
    /// </summary>
    public void Cache(TId id, T value, int recordBytes)
    {
        lock (_gate)
        {
            if (!_unapplied.ContainsKey(id))
            {
                _cache.Put(id, value, recordBytes);
            }
        }
    }

    /// <summary>The entry of this number is applied to LiteDB.</summary>
    public void Applied(RecordChanges<TId, T> changes, long number)
    {
        foreach (var id in changes.Written.Select(record => idOf(record.Value)).Concat(changes.Deleted))
        {
            // A later change of the same record is not applied yet.
            if (_unapplied.TryGetValue(id, out var unapplied) && unapplied.Number <= number)
            {
                _unapplied.TryRemove(KeyValuePair.Create(id, unapplied));
            }
        }
    }

    private sealed class Unapplied(T? now, long number)
    {
        public T? Now => now;

        public long Number => number;
    }
}
