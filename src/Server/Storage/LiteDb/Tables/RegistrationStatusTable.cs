using GrpcDcr.Server.Model;
using GrpcDcr.Server.Storage.Encoding;
using GrpcDcr.Server.Storage.Writes;
using LiteDB;
using LiteDB.Engine;

namespace GrpcDcr.Server.Storage.LiteDb.Tables;

/// <summary>The switch of registration: one document beside the <see cref="StoreMarker"/>, absent until it is first turned.</summary>
internal sealed class RegistrationStatusTable(LiteEngine engine)
{
    private const int OnlyId = 2;

    private readonly StoreCollection _meta = new(engine, StoreMarker.Collection);

    public RegistrationStatus Read() => _meta.Find(OnlyId) is { } found
        ? RegistrationStatusRecord.Decode(found.Kept("The stored switch of registration"))
        : RegistrationStatus.Enabled;

    /// <param name="turned"><see langword="null"/> when nobody turned it.</param>
    public void Write(EncodedRecord<RegistrationStatus>? turned)
    {
        if (turned is not null)
        {
            _meta.Upsert(new BsonDocument { [StoreCollection.Id] = OnlyId }.Keeping(turned.Bytes));
        }
    }
}
