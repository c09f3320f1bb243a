using GrpcDcr.Server.Storage.LiteDb.Commit;
using GrpcDcr.Server.Storage.LiteDb.Tables;
using GrpcDcr.Server.Storage.Writes;

namespace GrpcDcr.Server.Storage.LiteDb;

/// <summary>Finds one record by its identifier: in the overlay, or else in LiteDB. Never returns what is not durable.</summary>
/// <param name="engine">LiteDB.</param>
/// <param name="overlay">Records that are known without a query.</param>
/// <param name="read">The query.</param>
internal sealed class RecordLookup<TId, T>(
    ExclusiveEngine engine, RecordOverlay<TId, T> overlay, Func<LiteDbTables, TId, EncodedRecord<T>?> read)
    where TId : notnull
    where T : class
{
    public ValueTask<T?> FindAsync(TId id, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return new ValueTask<T?>(overlay.TryGet(id, out var known) ? known : engine.Query(tables => Read(tables, id)));
    }

    /// <summary>The record if it is known without a query.</summary>
    public T? FindCached(TId id) => overlay.TryGet(id, out var known) ? known : null;

    private T? Read(LiteDbTables tables, TId id)
    {
        var found = read(tables, id);
        if (found is not null)
        {
            overlay.Cache(id, found.Value, found.Bytes.Length);
        }

        return found?.Value;
    }
}
