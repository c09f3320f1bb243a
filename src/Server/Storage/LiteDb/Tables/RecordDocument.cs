using GrpcDcr.Server.Storage.LiteDb.Files;
using LiteDB;

namespace GrpcDcr.Server.Storage.LiteDb.Tables;

/// <summary>The record in a document. It has a checksum, because the pages of LiteDB have none.</summary>
internal static class RecordDocument
{
    private const string Record = "b";
    private const string Checksum = "k";

    /// <param name="document">The document that the record is put into.</param>
    /// <param name="record">The encoded record.</param>
    /// <param name="place">Included in the checksum if the record does not contain its key.</param>
    public static BsonDocument WithRecord(this BsonDocument document, byte[] record, uint place = 0)
    {
        document[Record] = record;
        document[Checksum] = (int)Crc32C.Of(record, place);
        return document;
    }

    /// <exception cref="StorageException">The document is damaged.</exception>
    public static byte[] ReadRecord(this BsonDocument document, string what, uint place = 0)
    {
        var record = document[Record].AsBinary;
        return record is not null && document[Checksum] is { IsInt32: true } sum && (uint)sum.AsInt32 == Crc32C.Of(record, place)
            ? record
            : throw StoreFault.Damaged($"{what} is damaged");
    }
}
