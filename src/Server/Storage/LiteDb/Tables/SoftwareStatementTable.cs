using GrpcDcr.Server.Model;
using GrpcDcr.Server.Storage.LiteDb.Files;
using LiteDB;
using LiteDB.Engine;

namespace GrpcDcr.Server.Storage.LiteDb.Tables;

/// <summary>The software statements that had their one use, until they expire by themselves.</summary>
internal sealed class SoftwareStatementTable(LiteEngine engine)
{
    /// <summary>When the statement expires, milliseconds since 1970-01-01T00:00:00Z.</summary>
    private const string Until = "u";

    private const string Checksum = "k";

    /// <summary>More than one, so that their number falls again; few, so that no change waits long for it.</summary>
    private const int ExpiredDeletedForEachUse = 2;

    /// <summary>Kept this much longer than until they expire: clocks step back, and validation may allow for that.</summary>
    private static readonly TimeSpan Retention = AuditFilter.ClockSteps;

    private readonly StoreCollection _uses = new(engine, "used_software_statements");

    public void Create() => _uses.EnsureIndex("until", Until, unique: false);

    public bool IsUsed(SecretHash key)
    {
        var sought = key.Bytes.ToArray();
        if (_uses.Find(sought) is not { } found)
        {
            return false;
        }

        // The checksum is over the key that was sought, so that the use of another statement does not pass for its own.
        return found[Checksum] is { IsInt32: true } sum && sum.AsInt32 == ChecksumOf(sought, found[Until].AsInt64)
            ? true
            : throw StoreFault.Damaged("The stored use of a software statement is damaged");
    }

    /// <summary>Uses after a key, in the order of their keys.</summary>
    public List<SoftwareStatementUse> List(byte[] after, int limit) => _uses.ListAfter(after, limit).ConvertAll(Read);

    /// <summary>Inserts uses, and deletes some that expired: bounded work for each change, and yet their number stays bounded.</summary>
    public void Write(IReadOnlyCollection<SoftwareStatementUse> added, DateTimeOffset now)
    {
        if (added.Count > 0)
        {
            _uses.Delete(Expired(now - Retention, ExpiredDeletedForEachUse * added.Count));
            _uses.Insert(added.Select(ToDocument));
        }
    }

    private static SoftwareStatementUse Read(BsonDocument document)
    {
        var (key, until) = (document[StoreCollection.Id].AsBinary, document[Until].AsInt64);
        return document[Checksum] is { IsInt32: true } sum && sum.AsInt32 == ChecksumOf(key, until)
            ? new SoftwareStatementUse(SecretHash.FromBytes(key), DateTimeOffset.FromUnixTimeMilliseconds(until))
            : throw StoreFault.Damaged("The stored use of a software statement is damaged");
    }

    private static BsonDocument ToDocument(SoftwareStatementUse use)
    {
        var (key, until) = (use.Key.Bytes.ToArray(), use.Until.ToUnixTimeMilliseconds());
        return new BsonDocument { [StoreCollection.Id] = key, [Until] = until, [Checksum] = ChecksumOf(key, until) };
    }

    private static int ChecksumOf(byte[] key, long until) => (int)Crc32C.Of(key, (uint)until);

    private List<BsonValue> Expired(DateTimeOffset before, int limit) =>
        _uses.Query(limit, BsonExpression.Create("u < @0", before.ToUnixTimeMilliseconds()), Until).ConvertAll(d => d[StoreCollection.Id]);
}
