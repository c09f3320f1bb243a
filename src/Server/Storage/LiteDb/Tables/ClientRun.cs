using System.Buffers.Binary;
using Google.Protobuf;
using GrpcDcr.Server.Model;
using GrpcDcr.Server.Storage.Encoding;
using GrpcDcr.Server.Storage.LiteDb.Files;
using GrpcDcr.Server.Storage.Writes;
using LiteDB;

namespace GrpcDcr.Server.Storage.LiteDb.Tables;

/// <summary>A document with clients, in the order of their identifiers.</summary>
/// <param name="Id">The identifier of the document: not above those of its clients.</param>
/// <param name="Entries">The clients. Empty only before the document is deleted.</param>
internal sealed record ClientRun(Guid Id, IReadOnlyList<ClientEntry> Entries)
{
    public const string StateIndex = "s[*]";

    /// <summary>The keys of the states that its clients have.</summary>
    private const string States = "s";

    /// <summary>The highest identifier of its clients, which can be read although the record is damaged.</summary>
    private const string Highest = "h";

    private const string What = "A stored run of clients";

    /// <exception cref="StorageException">The document is damaged.</exception>
    public static ClientRun Of(BsonDocument document)
    {
        var id = document[StoreCollection.Id].AsGuid;
        try
        {
            var stored = StoredClientRun.Parser.ParseFrom(document.ReadRecord(What, PlaceOf(id)));
            return new ClientRun(id, [.. stored.Clients.Select(ClientEntry.Of)]);
        }
        catch (InvalidProtocolBufferException e)
        {
            throw StoreFault.Damaged($"{What} is damaged", e);
        }
    }

    public static ClientId HighestIn(BsonDocument document) => document[Highest] is { IsGuid: true } highest
        ? new ClientId(highest.AsGuid)
        : throw StoreFault.Damaged($"{What} is damaged");

    public static BsonDocument ToDocument(Guid id, IReadOnlyList<ClientEntry> entries) => new BsonDocument
    {
        [StoreCollection.Id] = id,
        [Highest] = entries[^1].Id.Value,
        [States] = new BsonArray(entries.Select(entry => entry.State).Distinct().Select(state => new BsonValue(StateKey(state, id)))),
    }.WithRecord(new StoredClientRun { Clients = { entries.Select(entry => entry.ToStored()) } }.ToByteArray(), PlaceOf(id));

    /// <summary>The <see cref="ListedState"/> and the identifier of the run: the order in which clients of a state are listed.</summary>
    public static byte[] StateKey(byte state, Guid id)
    {
        var key = new byte[17];
        key[0] = state;
        id.TryWriteBytes(key.AsSpan(1), bigEndian: true, out _);
        return key;
    }

    /// <summary>Whether a client of this identifier surely belongs here and not to the next run.</summary>
    public bool Covers(ClientId id) => Entries.Count > 0 && id.Value >= Id && id <= Entries[^1].Id;

    public ClientEntry? Find(ClientId id) => Entries.FirstOrDefault(entry => entry.Id == id);

    /// <param name="id">The client.</param>
    /// <param name="now">The client as it is now; <see langword="null"/> if it was deleted.</param>
    public ClientRun With(ClientId id, ClientEntry? now)
    {
        var others = Entries.Where(entry => entry.Id != id);
        return this with { Entries = [.. (now is null ? others : others.Append(now)).OrderBy(entry => entry.Id)] };
    }

    /// <summary>The last bytes of a version 7 UUID are random.</summary>
    private static uint PlaceOf(Guid id) => BinaryPrimitives.ReadUInt32BigEndian(id.ToByteArray(bigEndian: true).AsSpan(12));
}

/// <summary>A client of a run.</summary>
/// <param name="Id">The client's identifier.</param>
/// <param name="Search">What it is found by.</param>
/// <param name="Record">The encoded client.</param>
/// <param name="FirstEvent">The sequence of the first event about it; 0 if the index of the <see cref="AuditTable"/> has it.</param>
internal sealed record ClientEntry(ClientId Id, StoredSearchedClient Search, ByteString Record, long FirstEvent = 0)
{
    /// <summary>Its <see cref="ListedState"/>.</summary>
    public byte State => (byte)Search.State;

    public static ClientEntry Of(EncodedRecord<RegisteredClient> client, long firstEvent) => new(
        client.Value.Id,
        new StoredSearchedClient
        {
            State = ListedState.Of(client.Value),
            Tags = { ClientTags.Of(client.Value) },
            Name = UnsafeByteOperations.UnsafeWrap(ClientTags.NameOf(client.Value)),
        },
        UnsafeByteOperations.UnsafeWrap(client.Bytes),
        firstEvent);

    public static ClientEntry Of(StoredRunClient stored) => new(
        ClientId.FromBytes(stored.ClientId.Span),
        new StoredSearchedClient { State = stored.State, Tags = { stored.Tags }, Name = stored.Name },
        stored.Record,
        stored.FirstEvent);

    public StoredRunClient ToStored() => new()
    {
        ClientId = UnsafeByteOperations.UnsafeWrap(Id.ToBytes()),
        State = State,
        Record = Record,
        Tags = { Search.Tags },
        Name = Search.Name,
        FirstEvent = FirstEvent,
    };

    /// <exception cref="StorageException">The record is damaged.</exception>
    public EncodedRecord<RegisteredClient> Decode()
    {
        var client = ClientRecord.Decode(Record.Span);
        return client.Id == Id && ListedState.Of(client) == State
            ? new EncodedRecord<RegisteredClient>(client, Record.ToByteArray())
            : throw StoreFault.Damaged("A stored client stands in the place of another");
    }
}
