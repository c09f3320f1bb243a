namespace GrpcDcr.Server.Storage.Changes;

/// <summary>What a batch makes of the things of one kind: only the last state of each is written.</summary>
/// <param name="stored">Answers what is stored; <see langword="null"/> when nothing is.</param>
internal sealed class Fates<TId, T>(Func<TId, T?> stored)
    where TId : notnull
    where T : class
{
    private readonly Dictionary<TId, Fate> fates = [];

    /// <summary>All that are new.</summary>
    public IEnumerable<Kept<T>> Inserts => Changed.Where(f => f is { Before: null, Now: not null }).Select(f => f.Now!);

    /// <summary>All that were there and stay, changed.</summary>
    public IEnumerable<Kept<T>> Updates => Changed.Where(f => f is { Before: not null, Now: not null }).Select(f => f.Now!);

    /// <summary>All that were there and go.</summary>
    public IEnumerable<TId> Deletes => Changed.Where(f => f is { Before: not null, Now: null }).Select(f => f.Id);

    private IEnumerable<Fate> Changed => fates.Values.Where(f => f.IsChanged);

    /// <summary>As the changes so far leave it; <see langword="null"/> when there is none.</summary>
    public T? Find(TId id)
    {
        var fate = FateOf(id);
        return fate.IsChanged ? fate.Now?.Value : fate.Before;
    }

    public void Put(TId id, Kept<T> next) => FateOf(id).Become(next);

    public void Remove(TId id) => FateOf(id).Become(null);

    private Fate FateOf(TId id)
    {
        if (!fates.TryGetValue(id, out var fate))
        {
            fates.Add(id, fate = new Fate(id, stored(id)));
        }

        return fate;
    }

    private sealed class Fate(TId id, T? before)
    {
        public TId Id => id;

        public T? Before => before;

        public bool IsChanged { get; private set; }

        /// <summary>What it was last changed to; <see langword="null"/> when it went, or did not change.</summary>
        public Kept<T>? Now { get; private set; }

        public void Become(Kept<T>? next) => (IsChanged, Now) = (true, next);
    }
}
