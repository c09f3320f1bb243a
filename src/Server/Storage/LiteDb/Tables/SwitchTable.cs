using GrpcDcr.Server.Model;
using GrpcDcr.Server.Storage.Changes;
using GrpcDcr.Server.Storage.Records;
using LiteDB;
using LiteDB.Engine;

namespace GrpcDcr.Server.Storage.LiteDb.Tables;

/// <summary>The switch of registration: one document beside the <see cref="StoreMarker"/>, absent until it is first turned.</summary>
internal sealed class SwitchTable(LiteEngine engine)
{
    private const int OnlyId = 2;

    private readonly StoreCollection meta = new(engine, StoreMarker.Collection);

    public RegistrationSwitch Read() => meta.Find(OnlyId) is { } found
        ? SwitchRecord.Decode(found.Kept("The stored switch of registration"))
        : RegistrationSwitch.Open;

    /// <param name="turned"><see langword="null"/> when nobody turned it.</param>
    public void Write(Kept<RegistrationSwitch>? turned)
    {
        if (turned is not null)
        {
            meta.Upsert(new BsonDocument { [StoreCollection.Id] = OnlyId }.Keeping(turned.Record));
        }
    }
}
