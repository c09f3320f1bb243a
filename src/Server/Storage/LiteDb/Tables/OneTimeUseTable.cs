using GrpcDcr.Server.Model;
using GrpcDcr.Server.Storage.LiteDb.Files;
using LiteDB;
using LiteDB.Engine;

namespace GrpcDcr.Server.Storage.LiteDb.Tables;

/// <summary>The one-time uses, until they expire.</summary>
internal sealed class OneTimeUseTable(LiteEngine engine)
{
    /// <summary>When the use expires, in milliseconds since 1970-01-01T00:00:00Z.</summary>
    private const string Until = "u";

    /// <summary>What a call created or changed, 16 bytes; none for a software statement.</summary>
    private const string Result = "r";

    private const string Checksum = "k";

    /// <summary>More than one, so that their number decreases; few, so that no change is delayed.</summary>
    private const int ExpiredDeletedForEachUse = 2;

    /// <summary>Kept this much longer than until they expire: clocks step back, and validation may allow for that.</summary>
    private static readonly TimeSpan Retention = AuditFilter.ClockSteps;

    private readonly StoreCollection _uses = new(engine, "one_time_uses");

    public void Create() => _uses.EnsureIndex("until", Until);

    /// <summary>The use of a key; <see langword="null"/> when there is none.</summary>
    public OneTimeUse? Find(SecretHash key)
    {
        // The checksum includes the requested key, so that the use of another key is not returned.
        var sought = key.Bytes.ToArray();
        return _uses.Find(sought) is { } found ? Read(found, sought) : null;
    }

    /// <summary>Uses after a key, in the order of their keys.</summary>
    public List<OneTimeUse> List(byte[] after, int limit) =>
        _uses.ListAfter(after, limit).ConvertAll(document => Read(document, document[StoreCollection.Id].AsBinary));

    /// <summary>Inserts uses, and deletes some that expired: bounded work for each change, and yet their number stays bounded.</summary>
    public void Write(IReadOnlyCollection<OneTimeUse> added, DateTimeOffset now)
    {
        if (added.Count > 0)
        {
            _uses.Delete(Expired(now - Retention, ExpiredDeletedForEachUse * added.Count));
            _uses.Insert(added.Select(ToDocument));
        }
    }

    private static OneTimeUse Read(BsonDocument document, byte[] key)
    {
        var (until, result) = (document[Until].AsInt64, document[Result].AsBinary ?? []);
        return document[Checksum] is { IsInt32: true } sum && sum.AsInt32 == ChecksumOf(key, until, result)
            ? new OneTimeUse(
                SecretHash.FromBytes(key),
                DateTimeOffset.FromUnixTimeMilliseconds(until),
                result.Length == 0 ? null : new Guid(result, bigEndian: true))
            : throw StoreFault.Damaged("The stored use of a software statement or request is damaged");
    }

    private static BsonDocument ToDocument(OneTimeUse use)
    {
        var (key, until) = (use.Key.Bytes.ToArray(), use.Until.ToUnixTimeMilliseconds());
        var result = use.Result?.ToByteArray(bigEndian: true) ?? [];
        var document = new BsonDocument
        {
            [StoreCollection.Id] = key,
            [Until] = until,
            [Checksum] = ChecksumOf(key, until, result),
        };
        if (result.Length > 0)
        {
            document[Result] = result;
        }

        return document;
    }

    private static int ChecksumOf(byte[] key, long until, byte[] result) => (int)Crc32C.Of(result, Crc32C.Of(key, (uint)until));

    private List<BsonValue> Expired(DateTimeOffset before, int limit) =>
        _uses.Query(limit, BsonExpression.Create("u < @0", before.ToUnixTimeMilliseconds()), Until).ConvertAll(d => d[StoreCollection.Id]);
}
