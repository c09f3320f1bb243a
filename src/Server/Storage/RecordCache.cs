using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;

namespace GrpcDcr.Server.Storage;

/// <summary>
/// Decoded records of one kind, as they are durable. Reading takes no lock. When the cache is full, the oldest records are evicted, except
/// those that were read since they were last considered (second chance).
/// </summary>
/// <param name="capacity">In bytes, roughly.</param>
internal sealed class RecordCache<TId, T>(long capacity)
    where TId : notnull
    where T : class
{
    /// <summary>
    /// A decoded record takes about this many times its encoded form: strings are twice as long, and lists have an object header.
    /// </summary>
    private const int MemoryPerRecordByte = 3;

    private const int EntryBytes = 512;

    private readonly ConcurrentDictionary<TId, Entry> _entries = new();
    private readonly Queue<Entry> _order = new();
    private readonly Lock _gate = new();
    private long _bytes;

    /// <summary>The size of what is cached, roughly.</summary>
    public long Bytes => Volatile.Read(ref _bytes);

    public bool TryGet(TId id, [NotNullWhen(true)] out T? value)
    {
        value = null;
        if (_entries.TryGetValue(id, out var entry))
        {
            entry.Used = true;
            value = entry.Value;
        }

        return value is not null;
    }

    /// <param name="id">The identifier of the record.</param>
    /// <param name="value">The record as it is durable now.</param>
    /// <param name="recordBytes">Size of its encoded form.</param>
    public void Put(TId id, T value, int recordBytes)
    {
        lock (_gate)
        {
            if (!_entries.TryGetValue(id, out var entry))
            {
                entry = new Entry(id);
                _entries[id] = entry;
                _order.Enqueue(entry);
            }

            Resize(entry, EntryBytes + (MemoryPerRecordByte * recordBytes));
            entry.Value = value;
            Shrink();
        }
    }

    /// <summary>The record has changed: it is cached in its new version if it was cached, and is not read by that.</summary>
    public void Replace(TId id, T value, int recordBytes)
    {
        lock (_gate)
        {
            if (_entries.ContainsKey(id))
            {
                Put(id, value, recordBytes);
            }
        }
    }

    public void Remove(TId id)
    {
        lock (_gate)
        {
            if (_entries.TryRemove(id, out var entry))
            {
                // It stays in the queue until its turn, and counts until then.
                entry.Value = null;
                Resize(entry, EntryBytes);
            }
        }
    }

    public void Clear()
    {
        foreach (var id in _entries.Keys)
        {
            Remove(id);
        }
    }

    private void Resize(Entry entry, int size)
    {
        _bytes += size - entry.Size;
        entry.Size = size;
    }

    private void Shrink()
    {
        while (_bytes > capacity && _order.TryDequeue(out var entry))
        {
            if (entry is { Used: true, Value: not null })
            {
                entry.Used = false;
                _order.Enqueue(entry);
                continue;
            }

            Resize(entry, 0);
            if (entry.Value is not null)
            {
                _entries.TryRemove(entry.Id, out _);
            }
        }
    }

    private sealed class Entry(TId id)
    {
        public TId Id => id;

        /// <summary><see langword="null"/> once removed.</summary>
        public volatile T? Value;

        public volatile bool Used;

        public int Size { get; set; }
    }
}
