namespace GrpcDcr.Server.Storage.Writes;

/// <summary>The writes of a batch to records of one kind: only the last version of each is written.</summary>
/// <param name="stored">Reads the stored record; <see langword="null"/> when there is none.</param>
internal sealed class WriteSet<TId, T>(Func<TId, T?> stored)
    where TId : notnull
    where T : class
{
    private readonly Dictionary<TId, Write> _writes = [];

    /// <summary>Records that are new.</summary>
    public IEnumerable<EncodedRecord<T>> Inserts => Changed.Where(w => w is { Before: null, Now: not null }).Select(w => w.Now!);

    /// <summary>Records that existed before and are changed.</summary>
    public IEnumerable<EncodedRecord<T>> Updates => Changed.Where(w => w is { Before: not null, Now: not null }).Select(w => w.Now!);

    /// <summary>Records that existed before and are removed.</summary>
    public IEnumerable<TId> Deletes => Changed.Where(w => w is { Before: not null, Now: null }).Select(w => w.Id);

    /// <summary>The changed records, as they were and as they are; <see langword="null"/> for none.</summary>
    public IEnumerable<(T? Before, T? Now)> Changes => Changed.Select(w => (w.Before, w.Now?.Value));

    private IEnumerable<Write> Changed => _writes.Values.Where(w => w.IsChanged);

    /// <summary>The record after the writes so far; <see langword="null"/> when there is none.</summary>
    public T? Find(TId id)
    {
        var write = WriteOf(id);
        return write.IsChanged ? write.Now?.Value : write.Before;
    }

    public void Put(TId id, EncodedRecord<T> next) => WriteOf(id).Set(next);

    public void Remove(TId id) => WriteOf(id).Set(null);

    private Write WriteOf(TId id)
    {
        if (!_writes.TryGetValue(id, out var write))
        {
            _writes.Add(id, write = new Write(id, stored(id)));
        }

        return write;
    }

    private sealed class Write(TId id, T? before)
    {
        public TId Id => id;

        public T? Before => before;

        public bool IsChanged { get; private set; }

        /// <summary>The last version written; <see langword="null"/> when it was removed, or not written.</summary>
        public EncodedRecord<T>? Now { get; private set; }

        public void Set(EncodedRecord<T>? next) => (IsChanged, Now) = (true, next);
    }
}
