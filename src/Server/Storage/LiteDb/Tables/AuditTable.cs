using System.Buffers.Binary;
using GrpcDcr.Server.Model;
using GrpcDcr.Server.Storage.Encoding;
using GrpcDcr.Server.Storage.Writes;
using LiteDB;
using LiteDB.Engine;

namespace GrpcDcr.Server.Storage.LiteDb.Tables;

/// <summary>The audit events, by their sequence.</summary>
internal sealed class AuditTable(LiteEngine engine)
{
    /// <summary>Of an event about a client: the client's identifier and the sequence. Absent otherwise.</summary>
    private const string Subject = "c";

    /// <summary>The latest time of all events so far, so that it never falls and can be searched.</summary>
    private const string LatestTime = "t";

    private readonly StoreCollection _events = new(engine, "audit_events");
    private long _lastSequence;
    private long _latestTime;

    /// <summary>Of the last event that was committed; 0 without one.</summary>
    public long LastSequence => _lastSequence;

    public void Create() => _events.EnsureIndex("subject", Subject, unique: false);

    /// <summary>Reads the last sequence and the latest time.</summary>
    public void Load()
    {
        if (_events.Last() is { } last)
        {
            _lastSequence = last[StoreCollection.Id].AsInt64;
            _latestTime = last[LatestTime].AsInt64;
        }
    }

    /// <summary>Events after a sequence, in order.</summary>
    public List<AuditEvent> List(long after, int limit) => _events.ListAfter(after, limit).ConvertAll(Read);

    /// <summary>Events about a client after a sequence, in order.</summary>
    public List<AuditEvent> List(ClientId subject, long after, int limit) => _events.Query(
        limit, BsonExpression.Create("c BETWEEN @0 AND @1", SubjectKey(subject, after + 1), SubjectKey(subject, long.MaxValue)), Subject)
        .ConvertAll(Read);

    /// <summary>The sequence before the first event that may be at or after <paramref name="time"/>.</summary>
    public long SequenceBefore(DateTimeOffset time)
    {
        var sought = time.ToUnixTimeMilliseconds();
        var (earlier, later) = (0L, _lastSequence + 1);
        while (later - earlier > 1)
        {
            var middle = earlier + ((later - earlier) / 2);
            if (_events.Find(middle) is { } found && found[LatestTime].AsInt64 < sought)
            {
                earlier = middle;
            }
            else
            {
                later = middle;
            }
        }

        return earlier;
    }

    public void Write(IReadOnlyCollection<EncodedAuditEvent> recorded) => _events.Insert(Documents(recorded));

    /// <summary>The transaction that wrote them was committed: the next sequence follows theirs.</summary>
    public void Advance(IReadOnlyCollection<EncodedAuditEvent> recorded)
    {
        _lastSequence += recorded.Count;
        _latestTime = recorded.Aggregate(_latestTime, (latest, e) => Math.Max(latest, e.Time));
    }

    private IEnumerable<BsonDocument> Documents(IEnumerable<EncodedAuditEvent> recorded)
    {
        var (sequence, latest) = (_lastSequence, _latestTime);
        foreach (var auditEvent in recorded)
        {
            latest = Math.Max(latest, auditEvent.Time);
            yield return ToDocument(++sequence, latest, auditEvent);
        }
    }

    private static BsonDocument ToDocument(long sequence, long latestTime, EncodedAuditEvent auditEvent)
    {
        var document = new BsonDocument { [StoreCollection.Id] = sequence, [LatestTime] = latestTime };
        if (auditEvent.Subject is { } id)
        {
            document[Subject] = SubjectKey(id, sequence);
        }

        return document.WithRecord(auditEvent.Bytes, (uint)sequence);
    }

    private static byte[] SubjectKey(ClientId id, long sequence)
    {
        var key = new byte[24];
        id.Value.TryWriteBytes(key, bigEndian: true, out _);
        BinaryPrimitives.WriteInt64BigEndian(key.AsSpan(16), sequence);
        return key;
    }

    private static AuditEvent Read(BsonDocument document)
    {
        var sequence = document[StoreCollection.Id].AsInt64;
        return AuditRecord.Decode(sequence, document.ReadRecord("A stored audit event", (uint)sequence));
    }
}
