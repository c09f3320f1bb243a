using GrpcDcr.Server.Storage.LiteDb.Tables;
using GrpcDcr.Server.Storage.Writes;

namespace GrpcDcr.Server.Storage.LiteDb;

/// <summary>Finds one record by its identifier: in memory, or else in LiteDB. Never shows what is not durable.</summary>
/// <param name="owner">Asks LiteDB.</param>
/// <param name="memory">What is known without.</param>
/// <param name="read">The question.</param>
internal sealed class RecordLookup<TId, T>(ExclusiveEngine owner, RecordOverlay<TId, T> memory, Func<LiteDbTables, TId, EncodedRecord<T>?> read)
    where TId : notnull
    where T : class
{
    public ValueTask<T?> FindAsync(TId id, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return new ValueTask<T?>(memory.TryGet(id, out var known) ? known : owner.Ask(tables => Read(tables, id)));
    }

    private T? Read(LiteDbTables tables, TId id)
    {
        var found = read(tables, id);
        if (found is not null)
        {
            memory.Remember(id, found.Value, found.Bytes.Length);
        }

        return found?.Value;
    }
}
