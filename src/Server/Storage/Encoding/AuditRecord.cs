using Google.Protobuf;
using GrpcDcr.Server.Model;

namespace GrpcDcr.Server.Storage.Encoding;

/// <summary>An audit event to and from the bytes that an engine stores. The engine stores the sequence.</summary>
internal static class AuditRecord
{
    public static byte[] Encode(AuditEvent auditEvent)
    {
        using var record = new RecordWriter();
        record.Number(StoredAuditEvent.TimeFieldNumber, auditEvent.Time.ToUnixTimeMilliseconds());
        record.Number(StoredAuditEvent.TypeFieldNumber, (long)auditEvent.Type);
        record.Text(StoredAuditEvent.ActorNameFieldNumber, auditEvent.Actor.Name);
        record.Number(StoredAuditEvent.ActorRoleFieldNumber, (long)auditEvent.Actor.Role);
        record.Message(StoredAuditEvent.RefusalFieldNumber, auditEvent.Refusal, WriteRefusal);
        record.Identifier(StoredAuditEvent.ClientIdFieldNumber, auditEvent.ClientId?.Value);
        record.Number(StoredAuditEvent.ClientRevisionFieldNumber, auditEvent.ClientRevision);
        record.Text(StoredAuditEvent.ReasonFieldNumber, auditEvent.Reason);
        record.Text(StoredAuditEvent.PublicReasonFieldNumber, auditEvent.PublicReason);
        record.Text(StoredAuditEvent.SourceAddressFieldNumber, auditEvent.SourceAddress);
        record.Text(StoredAuditEvent.CorrelationIdFieldNumber, auditEvent.CorrelationId);
        record.Message(StoredAuditEvent.ActorProofFieldNumber, auditEvent.Actor.Proof, ActorRecord.Write);
        AuditDetailRecord.Write(record, auditEvent.Detail);
        return record.ToArray();
    }

    /// <exception cref="StorageException">The bytes are not an audit event (<see cref="StorageFailure.Corrupt"/>).</exception>
    public static AuditEvent Decode(long sequence, ReadOnlySpan<byte> bytes)
    {
        try
        {
            return ToModel(sequence, StoredAuditEvent.Parser.ParseFrom(bytes));
        }
        catch (Exception e) when (e is InvalidProtocolBufferException or ArgumentException)
        {
            throw new StorageException(StorageFailure.Corrupt, "A stored audit event cannot be read.", e);
        }
    }

    private static void WriteRefusal(RecordWriter record, Refusal refusal)
    {
        record.Text(StoredRefusal.ReasonFieldNumber, refusal.Reason);
        record.Text(StoredRefusal.DescriptionFieldNumber, refusal.Description);
    }

    private static AuditEvent ToModel(long sequence, StoredAuditEvent stored) => new()
    {
        Sequence = sequence,
        Time = DateTimeOffset.FromUnixTimeMilliseconds(stored.Time),
        Type = Known((AuditEventType)stored.Type),
        Actor = ActorRecord.ToModel(stored.ActorName, stored.ActorRole, stored.ActorProof),
        Refusal = stored.Refusal is { } refusal ? new Refusal(refusal.Reason, refusal.Description) : null,
        ClientId = stored.HasClientId ? Model.ClientId.FromBytes(stored.ClientId.Span) : null,
        ClientRevision = stored.HasClientRevision ? stored.ClientRevision : null,
        Reason = stored.HasReason ? stored.Reason : null,
        PublicReason = stored.HasPublicReason ? stored.PublicReason : null,
        SourceAddress = stored.HasSourceAddress ? stored.SourceAddress : null,
        CorrelationId = stored.HasCorrelationId ? stored.CorrelationId : null,
        Detail = AuditDetailRecord.DetailOf(stored),
    };

    private static T Known<T>(T value)
        where T : struct, Enum =>
        Enum.IsDefined(value) ? value : throw new ArgumentException($"{value} is no {typeof(T).Name}.");
}
