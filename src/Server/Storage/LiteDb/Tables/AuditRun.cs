using System.Buffers.Binary;
using Google.Protobuf;
using Google.Protobuf.Collections;
using GrpcDcr.Server.Model;
using GrpcDcr.Server.Storage.Encoding;
using GrpcDcr.Server.Storage.LiteDb.Files;
using GrpcDcr.Server.Storage.Writes;
using LiteDB;

namespace GrpcDcr.Server.Storage.LiteDb.Tables;

/// <summary>A document with audit events that follow one another.</summary>
internal sealed class AuditRun
{
    public const string SubjectIndex = "c[*]";

    /// <summary>The keys of its events about clients, but for the first event of each new client. Absent without one.</summary>
    private const string Subjects = "c";

    /// <summary>The latest time of its events and of all before, so that it never falls and can be searched.</summary>
    private const string Latest = "t";

    private const int IdBytes = 16;

    private readonly BsonDocument _document;
    private readonly RepeatedField<ByteString> _events;

    private AuditRun(BsonDocument document, RepeatedField<ByteString> events) => (_document, _events) = (document, events);

    public long FirstSequence => _document[StoreCollection.Id].AsInt64;

    public long LastSequence => FirstSequence + _events.Count - 1;

    public long LatestTime => _document[Latest].AsInt64;

    /// <exception cref="StorageException">The document is damaged.</exception>
    public static AuditRun Of(BsonDocument document)
    {
        const string What = "A stored run of audit events";
        try
        {
            var record = document.ReadRecord(What, (uint)document[StoreCollection.Id].AsInt64);
            return new AuditRun(document, StoredAuditRun.Parser.ParseFrom(record).Events);
        }
        catch (InvalidProtocolBufferException e)
        {
            throw StoreFault.Damaged($"{What} is damaged", e);
        }
    }

    /// <param name="firstSequence">Of its events.</param>
    /// <param name="latestTime">Of its events and of all before.</param>
    /// <param name="events">In order.</param>
    /// <param name="firstEvents">The sequences of those that are the first about a new client: no key has them.</param>
    public static BsonDocument ToDocument(
        long firstSequence, long latestTime, IReadOnlyList<EncodedAuditEvent> events, IReadOnlyDictionary<ClientId, long> firstEvents)
    {
        var document = new BsonDocument { [StoreCollection.Id] = firstSequence, [Latest] = latestTime };
        var subjects = new BsonArray();
        var stored = new StoredAuditRun();
        for (var i = 0; i < events.Count; i++)
        {
            stored.Events.Add(UnsafeByteOperations.UnsafeWrap(events[i].Bytes));
            if (events[i].Subject is { } subject && firstEvents.GetValueOrDefault(subject) != firstSequence + i)
            {
                subjects.Add(SubjectKey(subject, firstSequence + i));
            }
        }

        if (subjects.Count > 0)
        {
            document[Subjects] = subjects;
        }

        return document.WithRecord(stored.ToByteArray(), (uint)firstSequence);
    }

    /// <summary>The key of an event about a client: the client's identifier, then the sequence.</summary>
    public static byte[] SubjectKey(ClientId id, long sequence)
    {
        var key = new byte[IdBytes + sizeof(long)];
        id.Value.TryWriteBytes(key, bigEndian: true, out _);
        BinaryPrimitives.WriteInt64BigEndian(key.AsSpan(IdBytes), sequence);
        return key;
    }

    public IEnumerable<long> SequencesAfter(long sequence)
    {
        for (var next = Math.Max(FirstSequence, sequence + 1); next <= LastSequence; next++)
        {
            yield return next;
        }
    }

    /// <summary>The highest one first.</summary>
    public IEnumerable<long> SequencesBefore(long sequence)
    {
        for (var next = Math.Min(LastSequence, sequence - 1); next >= FirstSequence; next--)
        {
            yield return next;
        }
    }

    public IEnumerable<long> SequencesAfter(long sequence, ClientId subject) => SequencesOf(subject).Where(found => found > sequence);

    /// <summary>The highest one first.</summary>
    public IEnumerable<long> SequencesBefore(long sequence, ClientId subject) =>
        SequencesOf(subject).Where(found => found < sequence).Reverse();

    private IEnumerable<long> SequencesOf(ClientId subject)
    {
        var id = subject.ToBytes();
        return _document[Subjects].AsArray
            .Select(key => key.AsBinary)
            .Where(key => key.AsSpan(0, IdBytes).SequenceEqual(id))
            .Select(key => BinaryPrimitives.ReadInt64BigEndian(key.AsSpan(IdBytes)));
    }

    public AuditEvent Event(long sequence) => AuditRecord.Decode(sequence, _events[(int)(sequence - FirstSequence)].Span);
}
