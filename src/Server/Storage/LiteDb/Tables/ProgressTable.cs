using GrpcDcr.Server.Storage.LiteDb.Files;
using LiteDB;
using LiteDB.Engine;

namespace GrpcDcr.Server.Storage.LiteDb.Tables;

/// <summary>How much of the journal has been applied: one document beside the <see cref="StoreMarker"/>, absent at first.</summary>
internal sealed class ProgressTable(LiteEngine engine)
{
    private const int OnlyId = 3;

    /// <summary>Number of the last entry of the journal that was applied.</summary>
    private const string Number = "n";

    private readonly StoreCollection _meta = new(engine, StoreMarker.Collection);

    public long Read() => _meta.Find(OnlyId) switch
    {
        null => 0,
        { } found when found[Number].IsInt64 => found[Number].AsInt64,
        _ => throw StoreFault.Damaged("The stored progress is damaged"),
    };

    public void Write(long number) => _meta.Upsert(new BsonDocument { [StoreCollection.Id] = OnlyId, [Number] = number });
}
