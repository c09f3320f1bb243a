using GrpcDcr.Server.Storage.LiteDb.Files;
using LiteDB;
using LiteDB.Engine;

namespace GrpcDcr.Server.Storage.LiteDb.Tables;

/// <summary>
/// How much of the journal has been applied, and how many clients there are then: one document beside the <see cref="StoreMarker"/>, absent
/// at first.
/// </summary>
internal sealed class ProgressTable(LiteEngine engine)
{
    private const int OnlyId = 3;

    /// <summary>Number of the last entry of the journal that was applied.</summary>
    private const string Number = "n";

    /// <summary>The <see cref="ClientCounter"/>.</summary>
    private const string Clients = "c";

    private readonly StoreCollection _meta = new(engine, StoreMarker.Collection);

    public long Read() => _meta.Find(OnlyId) switch
    {
        null => 0,
        { } found when found[Number].IsInt64 => found[Number].AsInt64,
        _ => throw StoreFault.Damaged("The stored progress is damaged"),
    };

    public ClientCounter ReadCounts() => _meta.Find(OnlyId) switch
    {
        null => ClientCounter.None,
        { } found when found[Clients] is { IsArray: true, AsArray: { Count: ListedState.End } counts } && counts.All(c => c.IsInt64) =>
            new ClientCounter([.. counts.Select(count => count.AsInt64)]),
        _ => throw StoreFault.Damaged("The stored numbers of clients are damaged"),
    };

    public void Write(long number, ClientCounter clients) => _meta.Upsert(new BsonDocument
    {
        [StoreCollection.Id] = OnlyId,
        [Number] = number,
        [Clients] = new BsonArray(clients.Counts.Select(count => new BsonValue(count))),
    });
}
