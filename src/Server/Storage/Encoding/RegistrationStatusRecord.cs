using Google.Protobuf;
using GrpcDcr.Server.Model;

namespace GrpcDcr.Server.Storage.Encoding;

/// <summary>The registration status to and from the bytes that an engine stores.</summary>
internal static class RegistrationStatusRecord
{
    public static byte[] Encode(RegistrationStatus status)
    {
        using var record = new RecordWriter();
        record.Number(StoredRegistrationStatus.ClosedFieldNumber, status.Closed ? 1 : 0);
        record.Text(StoredRegistrationStatus.ReasonFieldNumber, status.Reason);
        record.Number(StoredRegistrationStatus.ChangedAtFieldNumber, status.ChangedAt?.ToUnixTimeMilliseconds());
        record.Identifier(StoredRegistrationStatus.ImportIdFieldNumber, status.ImportId);
        record.Messages(StoredRegistrationStatus.BlockRulesFieldNumber, status.BlockRules, BlockRuleRecord.Write);
        return record.ToArray();
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
