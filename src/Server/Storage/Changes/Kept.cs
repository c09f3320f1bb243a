using GrpcDcr.Server.Model;
using GrpcDcr.Server.Storage.Records;

namespace GrpcDcr.Server.Storage.Changes;

/// <summary>Something stored, and the bytes that are kept of it.</summary>
internal sealed record Kept<T>(T Value, byte[] Record);

/// <summary>Records on their way to the disk.</summary>
internal static class Kept
{
    /// <summary>Records are small; what is larger is a mistake of the caller.</summary>
    public const int MaxRecordBytes = 256 * 1024;

    public static Kept<RegisteredClient> Of(RegisteredClient client) => new(client, Bounded(ClientRecord.Encode(client)));

    public static Kept<InitialAccessToken> Of(InitialAccessToken token) => new(token, Bounded(InitialAccessTokenRecord.Encode(token)));

    public static Kept<RegistrationSwitch> Of(RegistrationSwitch state) => new(state, Bounded(SwitchRecord.Encode(state)));

    /// <exception cref="ArgumentException">The record is too large.</exception>
    public static byte[] Bounded(byte[] record) => record.Length <= MaxRecordBytes
        ? record
        : throw new ArgumentException($"A record has {MaxRecordBytes} bytes at the most, not {record.Length}.");
}
