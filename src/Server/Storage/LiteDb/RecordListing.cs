using GrpcDcr.Server.Model;
using GrpcDcr.Server.Storage.LiteDb.Tables;

namespace GrpcDcr.Server.Storage.LiteDb;

/// <summary>Pages of records in the order of their keys. A token is the key of the last one of a page.</summary>
internal static class RecordListing
{
    /// <param name="open">Asks LiteDB, once it has all that is durable.</param>
    /// <param name="list">Lists so many records from where the page begins.</param>
    /// <param name="key">The key of a record.</param>
    /// <param name="page">Which page.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    public static async ValueTask<Page<T>> ReadAsync<T>(
        OpenStore open, Func<LiteDbTables, int, List<T>> list, Func<T, byte[]> key, PageRequest page, CancellationToken cancellationToken)
    {
        var size = page.ClampedSize;
        await open.Applier.AppliedAsync(cancellationToken);
        var records = open.Engine.Ask(tables => list(tables, size + 1));
        if (records.Count <= size)
        {
            return new Page<T>(records, null);
        }

        records.RemoveAt(size);
        return new Page<T>(records, new PageToken(key(records[^1])));
    }
}
