using Google.Protobuf;
using GrpcDcr.Server.Model;

namespace GrpcDcr.Server.Storage.Encoding;

/// <summary>The registration status to and from the bytes that an engine stores.</summary>
internal static class RegistrationStatusRecord
{
    public static byte[] Encode(RegistrationStatus status)
    {
        var stored = new StoredRegistrationStatus
        {
            Closed = status.Closed,
            BlockRules = { status.BlockRules.Select(BlockRuleRecord.ToStored) },
        };
        if (status.Reason is { } reason)
        {
            stored.Reason = reason;
        }

        if (status.ChangedAt is { } time)
        {
            stored.ChangedAt = time.ToUnixTimeMilliseconds();
        }

        if (status.ImportId is { } import)
        {
            stored.ImportId = ByteString.CopyFrom(import.ToByteArray(bigEndian: true));
        }

        return stored.ToByteArray();
    }

    /// <exception cref="StorageException">The bytes are not a registration status (<see cref="StorageFailure.Corrupt"/>).</exception>
    public static RegistrationStatus Decode(ReadOnlySpan<byte> bytes)
    {
        try
        {
            var stored = StoredRegistrationStatus.Parser.ParseFrom(bytes);
            return new RegistrationStatus(
                stored.Closed,
                stored.HasReason ? stored.Reason : null,
                stored.HasChangedAt ? DateTimeOffset.FromUnixTimeMilliseconds(stored.ChangedAt) : null,
                stored.HasImportId ? new Guid(stored.ImportId.Span, bigEndian: true) : null)
            {
                BlockRules = stored.BlockRules.Count == 0 ? [] : [.. stored.BlockRules.Select(BlockRuleRecord.ToModel)],
            };
        }
        catch (Exception e) when (e is InvalidProtocolBufferException or ArgumentException)
        {
            throw new StorageException(StorageFailure.Corrupt, "The stored registration status cannot be read.", e);
        }
    }
}
