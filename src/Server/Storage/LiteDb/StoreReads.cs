using GrpcDcr.Server.Storage.LiteDb.Commit;
using GrpcDcr.Server.Storage.LiteDb.Tables;
using GrpcDcr.Server.Telemetry;

namespace GrpcDcr.Server.Storage.LiteDb;

/// <summary>
/// Reads of LiteDB for requests, measured if somebody listens. The writer's own reads are part of its commits.
/// </summary>
/// <param name="engine">LiteDB.</param>
/// <param name="metrics">Gets the durations.</param>
internal sealed class StoreReads(ExclusiveEngine engine, ServiceMetrics metrics)
{
    /// <param name="operation">One of the values of <see cref="Attributes.Operation"/>.</param>
    /// <param name="collection">One of the values of <see cref="Attributes.Collection"/>.</param>
    /// <param name="query">The query.</param>
    public T Query<T>(string operation, string collection, Func<LiteDbTables, T> query)
    {
        if (!metrics.ObservesReads && !Spans.AreObserved)
        {
            return engine.Query(query);
        }

        var started = ServiceMetrics.Start();
        var span = Spans.StartRead(operation, collection);
        string? error = null;
        try
        {
            return engine.Query(query);
        }
        catch (StorageException e)
        {
            error = StorageFailures.NameOf(e.Failure);
            throw;
        }
        finally
        {
            metrics.Read(started, operation, collection, error);
            span.End(error);
        }
    }
}
