namespace GrpcDcr.Server.Storage.Changes;

/// <summary>
/// Changes that become durable together. Each is judged by what the ones before it leave behind, so that one which must not happen
/// does not disturb its neighbours.
/// </summary>
internal sealed class Batch
{
    private readonly IReadOnlyList<Change> changes;
    private readonly Ending[] endings;

    /// <param name="changes">The changes, in order.</param>
    /// <param name="draft">What is stored.</param>
    public Batch(IReadOnlyList<Change> changes, Draft draft)
    {
        this.changes = changes;
        Draft = draft;
        endings = [.. changes.Select(c => c.Judge(draft))];
        Happening = [.. changes.Where((_, i) => endings[i] == Ending.Done)];
        Recorded = Happening.FindAll(c => c.Event is not null);
    }

    /// <summary>What the changes leave behind.</summary>
    public Draft Draft { get; }

    /// <summary>The changes that happen.</summary>
    public List<Change> Happening { get; }

    /// <summary>Those of them that bring an audit event, in the order of their sequences.</summary>
    public List<Change> Recorded { get; }

    /// <summary>It is durable: tells everyone how their change ended.</summary>
    public void Complete()
    {
        for (var i = 0; i < changes.Count; i++)
        {
            changes[i].End(endings[i]);
        }
    }
}
