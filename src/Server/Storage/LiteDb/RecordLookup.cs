using GrpcDcr.Server.Storage.LiteDb.Commit;
using GrpcDcr.Server.Storage.LiteDb.Tables;
using GrpcDcr.Server.Storage.Writes;
using GrpcDcr.Server.Telemetry;

namespace GrpcDcr.Server.Storage.LiteDb;

/// <summary>Finds one record by its identifier: in the overlay, or else in LiteDB. Never returns what is not durable.</summary>
/// <param name="reads">Reads of LiteDB.</param>
/// <param name="collection">One of the values of <see cref="Attributes.Collection"/>.</param>
/// <param name="overlay">Records that are known without a query.</param>
/// <param name="read">The query.</param>
internal sealed class RecordLookup<TId, T>(
    StoreReads reads, string collection, RecordOverlay<TId, T> overlay, Func<LiteDbTables, TId, EncodedRecord<T>?> read)
    where TId : notnull
    where T : class
{
    /// <param name="id">The identifier.</param>
    /// <param name="metrics">Counts the lookup; <see langword="null"/> if it is not counted.</param>
    /// <param name="cancellationToken">Stops before the query.</param>
    public ValueTask<T?> FindAsync(TId id, ServiceMetrics? metrics, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var isKnown = overlay.TryGet(id, out var known);
        metrics?.LookedUp(isKnown);
        return new ValueTask<T?>(isKnown ? known : Query(id));
    }

    /// <summary>The record if it is known without a query.</summary>
    public T? FindCached(TId id, ServiceMetrics metrics)
    {
        if (!overlay.TryGet(id, out var known) || known is null)
        {
            // The caller asks the store next, and that is counted.
            return null;
        }

        metrics.LookedUp(isHit: true);
        return known;
    }

    private T? Query(TId id) => reads.Query("find", collection, tables => Read(tables, id));

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
