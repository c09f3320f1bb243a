namespace GrpcDcr.Server.Storage.Writes;

/// <summary>What a batch makes of the things of one kind: only the last state of each is written.</summary>
/// <param name="stored">Answers what is stored; <see langword="null"/> when nothing is.</param>
internal sealed class WriteSet<TId, T>(Func<TId, T?> stored)
    where TId : notnull
    where T : class
{
    private readonly Dictionary<TId, Write> _writes = [];

    /// <summary>All that are new.</summary>
    public IEnumerable<EncodedRecord<T>> Inserts => Changed.Where(f => f is { Before: null, Now: not null }).Select(f => f.Now!);

    /// <summary>All that were there and stay, changed.</summary>
    public IEnumerable<EncodedRecord<T>> Updates => Changed.Where(f => f is { Before: not null, Now: not null }).Select(f => f.Now!);

    /// <summary>All that were there and go.</summary>
    public IEnumerable<TId> Deletes => Changed.Where(f => f is { Before: not null, Now: null }).Select(f => f.Id);

    private IEnumerable<Write> Changed => _writes.Values.Where(f => f.IsChanged);

    /// <summary>As the changes so far leave it; <see langword="null"/> when there is none.</summary>
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

        /// <summary>What it was last changed to; <see langword="null"/> when it went, or did not change.</summary>
        public EncodedRecord<T>? Now { get; private set; }

        public void Set(EncodedRecord<T>? next) => (IsChanged, Now) = (true, next);
    }
}
