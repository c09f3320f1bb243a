using GrpcDcr.Server.Storage.Changes;
using GrpcDcr.Server.Storage.LiteDb.Tables;

namespace GrpcDcr.Server.Storage.LiteDb;

/// <summary>Finds one record by its identifier: in memory, or else in LiteDB. Never shows what is not durable.</summary>
/// <param name="owner">Asks LiteDB.</param>
/// <param name="cache">Records of late.</param>
/// <param name="read">The question.</param>
/// <param name="fates">What becomes of records of this kind in a batch.</param>
internal sealed class RecordLookup<TId, T>(
    LiteDbOwner owner, RecordCache<TId, T> cache, Func<LiteDbTables, TId, Kept<T>?> read, Func<Draft, Fates<TId, T>> fates)
    where TId : notnull
    where T : class
{
    public ValueTask<T?> FindAsync(TId id, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return cache.TryGet(id, out var known) ? new ValueTask<T?>(known) : AskAsync(id, cancellationToken);
    }

    private ValueTask<T?> AskAsync(TId id, CancellationToken cancellationToken)
    {
        var found = owner.Ask((tables, undurable) => Read(tables, undurable, id), out var seen);
        return Changes(seen, id) ? Later(seen!, found, cancellationToken) : new ValueTask<T?>(found);
    }

    /// <summary>A record that is just being changed does not enter the cache: the writer puts it there once it is durable.</summary>
    private T? Read(LiteDbTables tables, Batch? undurable, TId id)
    {
        var found = read(tables, id);
        if (found is not null && !Changes(undurable, id))
        {
            cache.Put(id, found.Value, found.Record.Length);
        }

        return found?.Value;
    }

    private bool Changes(Batch? undurable, TId id) => undurable is not null && fates(undurable.Draft).Touches(id);

    private static async ValueTask<T?> Later(Batch seen, T? found, CancellationToken cancellationToken)
    {
        await seen.SettledAsync(cancellationToken);
        return found;
    }
}
