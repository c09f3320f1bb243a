using GrpcDcr.Server.Model;
using GrpcDcr.Server.Storage.Encoding;
using GrpcDcr.Server.Storage.Writes;
using LiteDB;
using LiteDB.Engine;

namespace GrpcDcr.Server.Storage.LiteDb.Tables;

/// <summary>The registration status: one document beside the <see cref="StoreMarker"/>, absent until it is first set.</summary>
internal sealed class RegistrationStatusTable(LiteEngine engine)
{
    private const int OnlyId = 2;

    private readonly StoreCollection _meta = new(engine, StoreMarker.Collection);

    public RegistrationStatus Read() => _meta.Find(OnlyId) is { } found
        ? RegistrationStatusRecord.Decode(found.ReadRecord("The stored registration status"))
        : RegistrationStatus.Enabled;

    /// <param name="status"><see langword="null"/> when it was not set.</param>
    public void Write(EncodedRecord<RegistrationStatus>? status)
    {
        if (status is not null)
        {
            _meta.Upsert(new BsonDocument { [StoreCollection.Id] = OnlyId }.WithRecord(status.Bytes));
        }
    }
}
