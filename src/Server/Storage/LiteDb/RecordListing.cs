using GrpcDcr.Server.Model;
using GrpcDcr.Server.Storage.LiteDb.Tables;
using GrpcDcr.Server.Telemetry;

namespace GrpcDcr.Server.Storage.LiteDb;

/// <summary>Pages of records in the order of their keys. A page token is the key of the last record of a page.</summary>
internal static class RecordListing
{
    /// <param name="open">The store. LiteDB is queried once all durable changes are applied.</param>
    /// <param name="collection">One of the values of <see cref="Attributes.Collection"/>.</param>
    /// <param name="list">The query: up to so many records from the start of the page.</param>
    /// <param name="key">The key of a record.</param>
    /// <param name="page">The page to read.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    public static async ValueTask<Page<T>> ReadAsync<T>(
        OpenStore open, string collection, Func<LiteDbTables, int, List<T>> list, Func<T, byte[]> key, PageRequest page,
        CancellationToken cancellationToken)
    {
        var size = page.ClampedSize;
        await open.ApplyQueue.AppliedAsync(cancellationToken);
        var records = open.Reads.Query("list", collection, tables => list(tables, size + 1));
        if (records.Count <= size)
        {
            return new Page<T>(records, null);
        }

        records.RemoveAt(size);
        return new Page<T>(records, new PageToken(key(records[^1])));
    }
}
