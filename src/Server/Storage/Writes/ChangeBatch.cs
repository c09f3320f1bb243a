namespace GrpcDcr.Server.Storage.Writes;

/// <summary>
/// Changes that become durable together. Each is validated against the writes of those before it, and one that may not happen does not
/// affect the others.
/// </summary>
internal sealed class ChangeBatch
{
    private readonly IReadOnlyList<Change> _changes;
    private readonly ChangeOutcome[] _outcomes;

    /// <param name="changes">The changes, in order.</param>
    /// <param name="writes">The batch, without writes yet.</param>
    public ChangeBatch(IReadOnlyList<Change> changes, WriteBatch writes)
    {
        _changes = changes;
        Writes = writes;
        _outcomes = [.. changes.Select(c => c.Apply(writes))];
        Accepted = [.. changes.Where((_, i) => _outcomes[i] == ChangeOutcome.Done)];
        Recorded = Accepted.FindAll(c => c.Event is not null);
    }

    /// <summary>The writes of the accepted changes.</summary>
    public WriteBatch Writes { get; }

    /// <summary>The changes that are to happen.</summary>
    public List<Change> Accepted { get; }

    /// <summary>Those of them that have an audit event, in the order of the sequences.</summary>
    public List<Change> Recorded { get; }

    /// <summary>Completes all changes with their outcomes. To be called when the batch is durable.</summary>
    public void Complete()
    {
        for (var i = 0; i < _changes.Count; i++)
        {
            _changes[i].Complete(_outcomes[i]);
        }
    }
}
