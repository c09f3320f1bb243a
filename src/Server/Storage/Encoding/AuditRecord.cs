using Google.Protobuf;
using GrpcDcr.Server.Model;

namespace GrpcDcr.Server.Storage.Encoding;

/// <summary>An audit event to and from the bytes that an engine stores. The engine stores the sequence.</summary>
internal static class AuditRecord
{
    public static byte[] Encode(AuditEvent auditEvent)
    {
        var stored = new StoredAuditEvent
        {
            Time = auditEvent.Time.ToUnixTimeMilliseconds(),
            Type = (int)auditEvent.Type,
            ActorName = auditEvent.Actor.Name,
            ActorRole = (int)auditEvent.Actor.Role,
            ActorProof = ActorRecord.ToStored(auditEvent.Actor.Proof),
        };
        if (auditEvent.Refusal is { } refusal)
        {
            stored.Refusal = new StoredRefusal { Reason = refusal.Reason, Description = refusal.Description };
        }

        if (auditEvent.ClientId is { } id)
        {
            stored.ClientId = ByteString.CopyFrom(id.ToBytes());
        }

        if (auditEvent.ClientRevision is { } revision)
        {
            stored.ClientRevision = revision;
        }

        WriteTexts(auditEvent, stored);
        AuditDetailRecord.Write(auditEvent.Detail, stored);
        return stored.ToByteArray();
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

    private static void WriteTexts(AuditEvent auditEvent, StoredAuditEvent stored)
    {
        if (auditEvent.Reason is { } reason)
        {
            stored.Reason = reason;
        }

        if (auditEvent.PublicReason is { } publicReason)
        {
            stored.PublicReason = publicReason;
        }

        if (auditEvent.SourceAddress is { } address)
        {
            stored.SourceAddress = address;
        }

        if (auditEvent.CorrelationId is { } correlation)
        {
            stored.CorrelationId = correlation;
        }
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
