using LiteDB;
using LiteDB.Engine;

namespace GrpcDcr.Server.Storage.LiteDb.Tables;

/// <summary>The document that says which store a data file belongs to, and which layout it has.</summary>
/// <param name="StoreId">The logs of the store have the same.</param>
/// <param name="SchemaVersion">The layout of the collections.</param>
internal sealed record StoreMarker(Guid StoreId, int SchemaVersion = StoreMarker.CurrentSchema)
{
    public const int CurrentSchema = 4;

    public const string Collection = "meta";

    private const int OnlyId = 1;

    /// <summary>The marker; <see langword="null"/> when the file has none, so that this service did not make it.</summary>
    public static StoreMarker? Read(LiteEngine engine)
    {
        if (!engine.GetCollectionNames().Contains(Collection, StringComparer.Ordinal))
        {
            return null;
        }

        using var reader = engine.Query(Collection, new Query { Where = { BsonExpression.Create("_id = @0", OnlyId) } });
        return reader.Read() && reader.Current is { IsDocument: true } found
            && found["store_id"].IsGuid && found["schema_version"].IsInt32
            ? new StoreMarker(found["store_id"].AsGuid, found["schema_version"].AsInt32)
            : null;
    }

    public void Write(LiteEngine engine) => engine.Upsert(
        Collection,
        [new BsonDocument { ["_id"] = OnlyId, ["store_id"] = StoreId, ["schema_version"] = SchemaVersion }],
        BsonAutoId.ObjectId);
}
