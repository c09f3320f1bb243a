using System.Buffers.Binary;
using Google.Protobuf;
using GrpcDcr.Server.Storage.Encoding;
using GrpcDcr.Server.Storage.LiteDb.Files;
using LiteDB;

namespace GrpcDcr.Server.Storage.LiteDb.Tables;

/// <summary>
/// A document with what the clients of a run are found by. It is a fiftieth of the run, so that a search can read that of every run.
/// </summary>
/// <param name="Id">The identifier of the run.</param>
/// <param name="HighestId">The highest identifier of its clients.</param>
/// <param name="Clients">What they are found by.</param>
internal sealed record ClientSearch(Guid Id, Guid HighestId, IReadOnlyList<StoredSearchedClient> Clients)
{
    private const string Highest = "h";
    private const string What = "What a stored run of clients is found by";

    /// <exception cref="StorageException">The document is damaged.</exception>
    public static ClientSearch Of(BsonDocument document)
    {
        var id = document[StoreCollection.Id].AsGuid;
        try
        {
            var stored = StoredRunSearch.Parser.ParseFrom(document.ReadRecord(What, PlaceOf(id)));
            return new ClientSearch(id, document[Highest].AsGuid, stored.Clients);
        }
        catch (Exception e) when (e is InvalidProtocolBufferException or InvalidCastException)
        {
            throw StoreFault.Damaged($"{What} is damaged", e);
        }
    }

    public static BsonDocument ToDocument(Guid id, IReadOnlyList<ClientEntry> entries) =>
        new BsonDocument { [StoreCollection.Id] = id, [Highest] = entries[^1].Id.Value }
            .WithRecord(new StoredRunSearch { Clients = { entries.Select(entry => entry.Search) } }.ToByteArray(), PlaceOf(id));

    /// <summary>Whether a client of the run may match.</summary>
    public bool MayMatch(ClientQuery query) => Clients.Any(client => MayMatch(client, query));

    public static bool MayMatch(StoredSearchedClient client, ClientQuery query) =>
        query.States?.Contains((byte)client.State) != false
        && query.Tags.All(client.Tags.Contains)
        && (query.Name is not { } name || client.Name.Span.IndexOf(name) >= 0);

    /// <summary>The last bytes of a version 7 UUID are random.</summary>
    private static uint PlaceOf(Guid id) => ~BinaryPrimitives.ReadUInt32BigEndian(id.ToByteArray(bigEndian: true).AsSpan(12));
}
