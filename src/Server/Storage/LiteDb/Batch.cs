using GrpcDcr.Server.Model;

namespace GrpcDcr.Server.Storage.LiteDb;

/// <summary>
/// Changes that become durable together. Each is judged by what the ones before it leave behind, so that one which must not happen
/// does not disturb its neighbours, and only the last state of each client is written.
/// </summary>
internal sealed class Batch
{
    private readonly IReadOnlyList<Change> changes;
    private readonly Func<Change, RegisteredClient?> stored;
    private readonly Dictionary<ClientId, Fate> fates = [];
    private readonly Ending[] endings;
    private readonly TaskCompletionSource durable = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <param name="changes">The changes, in order.</param>
    /// <param name="stored">Answers the stored client that a change is about.</param>
    public Batch(IReadOnlyList<Change> changes, Func<Change, RegisteredClient?> stored)
    {
        this.changes = changes;
        this.stored = stored;
        endings = new Ending[changes.Count];
        for (var i = 0; i < changes.Count; i++)
        {
            endings[i] = Judge(changes[i]);
        }
    }

    /// <summary>The changes that happen; each brings an audit event.</summary>
    public List<Change> Happening { get; } = [];

    /// <summary>Completes when the batch is durable; fails when that will never be known.</summary>
    public Task Durable => durable.Task;

    /// <summary>The last change to each client that is new.</summary>
    public IEnumerable<Change> Inserts => Last(f => f.Before is null && f.Now is not null);

    /// <summary>The last change to each client that was there and stays.</summary>
    public IEnumerable<Change> Updates => Last(f => f.Before is not null && f.Now is not null);

    /// <summary>The last change to each client that was there and goes.</summary>
    public IEnumerable<Change> Deletes => Last(f => f.Before is not null && f.Now is null);

    /// <summary>The last change to each client that changes at all.</summary>
    public IEnumerable<Change> Changed => Last(_ => true);

    /// <summary>Whether any change in here is about that client.</summary>
    public bool Touches(ClientId id) => fates.ContainsKey(id);

    /// <summary>It is durable: tells everyone how their change ended.</summary>
    public void Complete()
    {
        durable.TrySetResult();
        for (var i = 0; i < changes.Count; i++)
        {
            changes[i].End(endings[i]);
        }
    }

    /// <summary>It may or may not be durable. Who has seen it gets no answer.</summary>
    public void Lose(StorageException cause)
    {
        durable.TrySetException(new StorageException(StorageFailure.Unavailable, cause.Message, cause));
        _ = durable.Task.Exception; // Observed: perhaps nobody waits.
    }

    private Ending Judge(Change change)
    {
        var fate = change.Id is { } id ? FateOf(id, change) : null;
        var ending = change.Judge(fate?.Now);
        if (ending == Ending.Done)
        {
            Happening.Add(change);
            fate?.Become(change);
        }

        return ending;
    }

    private Fate FateOf(ClientId id, Change change)
    {
        if (!fates.TryGetValue(id, out var fate))
        {
            fates.Add(id, fate = new Fate(stored(change)));
        }

        return fate;
    }

    private IEnumerable<Change> Last(Func<Fate, bool> which) =>
        fates.Values.Where(f => f.Last is not null && which(f)).Select(f => f.Last!);

    /// <summary>What becomes of one client in this batch.</summary>
    private sealed class Fate(RegisteredClient? before)
    {
        public RegisteredClient? Before { get; } = before;

        public RegisteredClient? Now { get; private set; } = before;

        public Change? Last { get; private set; }

        public void Become(Change change) => (Now, Last) = (change.Next, change);
    }
}
