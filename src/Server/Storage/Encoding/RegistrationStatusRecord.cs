using Google.Protobuf;
using GrpcDcr.Server.Model;

namespace GrpcDcr.Server.Storage.Encoding;

/// <summary>The switch of registration to and from the bytes an engine keeps.</summary>
internal static class RegistrationStatusRecord
{
    public static byte[] Encode(RegistrationStatus state)
    {
        var stored = new StoredSwitch { Closed = state.Closed };
        if (state.Reason is { } reason)
        {
            stored.Reason = reason;
        }

        if (state.ChangedAt is { } time)
        {
            stored.ChangedAt = time.ToUnixTimeMilliseconds();
        }

        if (state.ImportId is { } import)
        {
            stored.ImportId = ByteString.CopyFrom(import.ToByteArray(bigEndian: true));
        }

        return stored.ToByteArray();
    }

    /// <exception cref="StorageException">The bytes are no switch (<see cref="StorageFailure.Corrupt"/>).</exception>
    public static RegistrationStatus Decode(ReadOnlySpan<byte> bytes)
    {
        try
        {
            var stored = StoredSwitch.Parser.ParseFrom(bytes);
            return new RegistrationStatus(
                stored.Closed,
                stored.HasReason ? stored.Reason : null,
                stored.HasChangedAt ? DateTimeOffset.FromUnixTimeMilliseconds(stored.ChangedAt) : null,
                stored.HasImportId ? new Guid(stored.ImportId.Span, bigEndian: true) : null);
        }
        catch (Exception e) when (e is InvalidProtocolBufferException or ArgumentException)
        {
            throw new StorageException(StorageFailure.Corrupt, "The stored switch of registration cannot be read.", e);
        }
    }
}
