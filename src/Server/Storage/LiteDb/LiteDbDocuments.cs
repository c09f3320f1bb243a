using System.Buffers.Binary;
using GrpcDcr.Server.Model;
using GrpcDcr.Server.Storage.Records;
using LiteDB;

namespace GrpcDcr.Server.Storage.LiteDb;

/// <summary>Clients and audit events to and from LiteDB documents. Every record carries a checksum, for LiteDB's pages have none.</summary>
internal static class LiteDbDocuments
{
    /// <summary>The identifier of a document.</summary>
    public const string Id = "_id";

    /// <summary>Of a client: its state and identifier, the order in which clients of a state are listed.</summary>
    public const string State = "s";

    /// <summary>Of an audit event about a client: the client's identifier and the sequence. Absent otherwise.</summary>
    public const string Subject = "c";

    /// <summary>Of an audit event: the latest time of all events so far, so that it never falls and can be searched.</summary>
    public const string LatestTime = "t";

    private const string Version = "v";
    private const string Record = "b";
    private const string Checksum = "k";

    public static BsonDocument Of(RegisteredClient client, byte[] record) => new()
    {
        [Id] = client.Id.Value,
        [State] = StateKey(client.State, client.Id.Value),
        [Version] = client.Version,
        [Record] = record,
        [Checksum] = (int)Crc32C.Of(record),
    };

    public static BsonDocument Of(long sequence, ClientId? subject, long latestTime, byte[] record)
    {
        var document = new BsonDocument
        {
            [Id] = sequence,
            [LatestTime] = latestTime,
            [Record] = record,
            [Checksum] = (int)Crc32C.Of(record, (uint)sequence),
        };
        if (subject is { } id)
        {
            document[Subject] = SubjectKey(id, sequence);
        }

        return document;
    }

    public static byte[] StateKey(ClientState state, Guid id)
    {
        var key = new byte[17];
        key[0] = (byte)state;
        id.TryWriteBytes(key.AsSpan(1), bigEndian: true, out _);
        return key;
    }

    /// <summary>The first key behind <paramref name="key"/>: byte strings order like words, and this is the shortest longer one.</summary>
    public static byte[] Behind(byte[] key) => [.. key, 0];

    public static byte[] SubjectKey(ClientId id, long sequence)
    {
        var key = new byte[24];
        id.Value.TryWriteBytes(key, bigEndian: true, out _);
        BinaryPrimitives.WriteInt64BigEndian(key.AsSpan(16), sequence);
        return key;
    }

    /// <exception cref="StorageException">The document is damaged, or does not agree with its own record.</exception>
    public static RegisteredClient ToClient(BsonDocument document, out int recordBytes)
    {
        var record = document[Record].AsBinary;
        recordBytes = record?.Length ?? 0;
        if (record is null || (uint)document[Checksum].AsInt32 != Crc32C.Of(record))
        {
            throw StoreFault.Damaged("A stored client is damaged");
        }

        var client = ClientRecord.Decode(record);
        return client.Id.Value == document[Id].AsGuid && client.Version == document[Version].AsInt64
            ? client
            : throw StoreFault.Damaged("A stored client stands in the place of another");
    }

    /// <exception cref="StorageException">The document is damaged, or stands in the place of another.</exception>
    public static AuditEvent ToAuditEvent(BsonDocument document)
    {
        var sequence = document[Id].AsInt64;
        var record = document[Record].AsBinary;
        return record is not null && (uint)document[Checksum].AsInt32 == Crc32C.Of(record, (uint)sequence)
            ? AuditRecord.Decode(sequence, record)
            : throw StoreFault.Damaged("A stored audit event is damaged");
    }
}
