using GrpcDcr.Server.Model;
using GrpcDcr.Server.Storage.Encoding;

namespace GrpcDcr.Server.Storage.Writes;

/// <summary>A record, and the bytes that are stored of it.</summary>
internal sealed record EncodedRecord<T>(T Value, byte[] Bytes);

/// <summary>Encodes records for storing.</summary>
internal static class EncodedRecord
{
    /// <summary>Records are small; a larger one is a mistake of the caller.</summary>
    public const int MaxRecordBytes = 256 * 1024;

    public static EncodedRecord<RegisteredClient> Of(RegisteredClient client) => new(client, Bounded(ClientRecord.Encode(client)));

    public static EncodedRecord<InitialAccessToken> Of(InitialAccessToken token) =>
        new(token, Bounded(InitialAccessTokenRecord.Encode(token)));

    public static EncodedRecord<RegistrationStatus> Of(RegistrationStatus status) =>
        new(status, Bounded(RegistrationStatusRecord.Encode(status)));

    /// <exception cref="ArgumentException">The record is too large.</exception>
    public static byte[] Bounded(byte[] record) => record.Length <= MaxRecordBytes
        ? record
        : throw new ArgumentException($"A record has {MaxRecordBytes} bytes at the most, not {record.Length}.");
}
