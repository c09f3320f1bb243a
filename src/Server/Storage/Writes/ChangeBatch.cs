namespace GrpcDcr.Server.Storage.Writes;

/// <summary>
/// Changes that become durable together. Each is validated by what the ones before it leave behind, so that one which must not happen
/// does not disturb its neighbours.
/// </summary>
internal sealed class ChangeBatch
{
    private readonly IReadOnlyList<Change> _changes;
    private readonly ChangeOutcome[] _outcomes;

    /// <param name="changes">The changes, in order.</param>
    /// <param name="writes">What is stored.</param>
    public ChangeBatch(IReadOnlyList<Change> changes, WriteBatch writes)
    {
        _changes = changes;
        Writes = writes;
        _outcomes = [.. changes.Select(c => c.Apply(writes))];
        Accepted = [.. changes.Where((_, i) => _outcomes[i] == ChangeOutcome.Done)];
        Recorded = Accepted.FindAll(c => c.Event is not null);
    }

    /// <summary>What the changes leave behind.</summary>
    public WriteBatch Writes { get; }

    /// <summary>The changes that happen.</summary>
    public List<Change> Accepted { get; }

    /// <summary>Those of them that bring an audit event, in the order of their sequences.</summary>
    public List<Change> Recorded { get; }

    /// <summary>It is durable: tells everyone how their change ended.</summary>
    public void Complete()
    {
        for (var i = 0; i < _changes.Count; i++)
        {
            _changes[i].Complete(_outcomes[i]);
        }
    }
}
