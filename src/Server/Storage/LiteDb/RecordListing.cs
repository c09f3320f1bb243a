using GrpcDcr.Server.Model;
using GrpcDcr.Server.Storage.Changes;
using GrpcDcr.Server.Storage.LiteDb.Tables;

namespace GrpcDcr.Server.Storage.LiteDb;

/// <summary>Pages of records in the order of their identifiers. A token is the identifier of the last one of a page.</summary>
internal static class RecordListing
{
    /// <param name="owner">Asks LiteDB.</param>
    /// <param name="list">Lists so many records behind an identifier.</param>
    /// <param name="id">The identifier of a record, 16 bytes in RFC 9562 order.</param>
    /// <param name="page">Which page.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    public static async ValueTask<Page<T>> ReadAsync<T>(
        LiteDbOwner owner, Func<LiteDbTables, Guid, int, List<T>> list, Func<T, byte[]> id, PageRequest page, CancellationToken cancellationToken)
    {
        var after = page.Token is { } token ? new Guid(token.Bytes.Span, bigEndian: true) : Guid.Empty;
        var size = page.ClampedSize;
        var records = owner.Ask((tables, _) => list(tables, after, size + 1), out var seen);
        await seen.SettledAsync(cancellationToken);
        if (records.Count <= size)
        {
            return new Page<T>(records, null);
        }

        records.RemoveAt(size);
        return new Page<T>(records, new PageToken(id(records[^1])));
    }

    /// <summary>Waits until what an answer may show is durable.</summary>
    public static Task SettledAsync(this Batch? seen, CancellationToken cancellationToken) =>
        seen is null ? Task.CompletedTask : seen.Durable.WaitAsync(cancellationToken);
}
