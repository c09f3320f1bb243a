using GrpcDcr.Server.Model;
using GrpcDcr.Server.Storage.Encoding;
using GrpcDcr.Server.Storage.LiteDb.Files;
using GrpcDcr.Server.Storage.LiteDb.Journal;
using GrpcDcr.Server.Storage.Writes;
using LiteDB;
using LiteDB.Engine;

namespace GrpcDcr.Server.Storage.LiteDb.Tables;

/// <summary>The registered clients.</summary>
internal sealed class ClientTable(LiteEngine engine)
{
    /// <summary>The <see cref="ListedState"/> and the identifier: the order in which clients of a state are listed.</summary>
    private const string State = "s";

    private const string Version = "v";

    private readonly StoreCollection _clients = new(engine, "clients");

    public void Create() => _clients.EnsureIndex("state", State, unique: true);

    /// <summary>The highest identifier of all; <see langword="null"/> without a client.</summary>
    public ClientId? Highest() => _clients.Last() is { } client ? new ClientId(client[StoreCollection.Id].AsGuid) : null;

    public EncodedRecord<RegisteredClient>? Find(ClientId id)
    {
        if (_clients.Find(id.Value) is not { } found)
        {
            return null;
        }

        var client = Read(found);
        return client.Value.Id == id ? client : throw StoreFault.Damaged("LiteDB answered with another client");
    }

    /// <summary>Clients after <paramref name="after"/>, in the order of their identifiers.</summary>
    public List<RegisteredClient> List(ClientFilter filter, Guid after, int limit) => ListedState.Of(filter) is { } states
        ? [.. states.SelectMany(state => List(state, after, limit)).OrderBy(client => client.Id).Take(limit)]
        : _clients.ListAfter(after, limit).ConvertAll(d => Read(d).Value);

    public void Write(RecordChanges<ClientId, RegisteredClient> changes)
    {
        _clients.Insert(changes.Inserted.Select(ToDocument));
        _clients.Update(changes.Updated.Select(ToDocument));
        _clients.Delete(changes.Deleted.Select(id => new BsonValue(id.Value)));
    }

    /// <summary>Byte strings sort like words: the last key with a zero appended is the very next key.</summary>
    private List<RegisteredClient> List(byte state, Guid after, int limit) => _clients.Query(
        limit,
        BsonExpression.Create("s BETWEEN @0 AND @1", (byte[])[.. StateKey(state, after), 0], StateKey(state, Guid.AllBitsSet)),
        State).ConvertAll(d => Read(d).Value);

    private static BsonDocument ToDocument(EncodedRecord<RegisteredClient> client) => new BsonDocument
    {
        [StoreCollection.Id] = client.Value.Id.Value,
        [State] = StateKey(ListedState.Of(client.Value), client.Value.Id.Value),
        [Version] = client.Value.Version,
    }.WithRecord(client.Bytes);

    private static byte[] StateKey(byte state, Guid id)
    {
        var key = new byte[17];
        key[0] = state;
        id.TryWriteBytes(key.AsSpan(1), bigEndian: true, out _);
        return key;
    }

    private static EncodedRecord<RegisteredClient> Read(BsonDocument document)
    {
        var record = document.ReadRecord("A stored client");
        var client = ClientRecord.Decode(record);
        return client.Id.Value == document[StoreCollection.Id].AsGuid && client.Version == document[Version].AsInt64
            ? new EncodedRecord<RegisteredClient>(client, record)
            : throw StoreFault.Damaged("A stored client stands in the place of another");
    }
}
