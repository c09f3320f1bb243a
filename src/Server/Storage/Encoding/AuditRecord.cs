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
            Type = AuditEventTypes.NameOf(auditEvent.Type),
            Succeeded = auditEvent.Succeeded,
            Actor = auditEvent.Actor,
        };
        foreach (var (name, value) in auditEvent.Detail)
        {
            stored.Detail.Add(name, value);
        }

        if (auditEvent.ClientId is { } id)
        {
            stored.ClientId = ByteString.CopyFrom(id.ToBytes());
        }

        if (auditEvent.Reason is { } reason)
        {
            stored.Reason = reason;
        }

        if (auditEvent.SourceAddress is { } address)
        {
            stored.SourceAddress = address;
        }

        if (auditEvent.RequestId is { } request)
        {
            stored.RequestId = request;
        }

        return stored.ToByteArray();
    }

    /// <exception cref="StorageException">The bytes are no audit event (<see cref="StorageFailure.Corrupt"/>).</exception>
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

    private static AuditEvent ToModel(long sequence, StoredAuditEvent stored) => new()
    {
        Sequence = sequence,
        Time = DateTimeOffset.FromUnixTimeMilliseconds(stored.Time),
        Type = AuditEventTypes.TryParse(stored.Type, out var type)
            ? type
            : throw new ArgumentException($"{stored.Type} is no audit event type."),
        Succeeded = stored.Succeeded,
        Actor = stored.Actor,
        ClientId = stored.HasClientId ? Model.ClientId.FromBytes(stored.ClientId.Span) : null,
        Reason = stored.HasReason ? stored.Reason : null,
        SourceAddress = stored.HasSourceAddress ? stored.SourceAddress : null,
        RequestId = stored.HasRequestId ? stored.RequestId : null,
        Detail = new Dictionary<string, string>(stored.Detail, StringComparer.Ordinal),
    };
}
