using GrpcDcr.Server.Model;
using GrpcDcr.Server.Storage.Encoding;

namespace GrpcDcr.Server.Storage.Writes;

/// <summary>An encoded audit event, with the values that engines index it by.</summary>
/// <param name="Subject">The client it is about; <see langword="null"/> for none.</param>
/// <param name="Type">What happened.</param>
/// <param name="Time">When, milliseconds since 1970-01-01T00:00:00Z.</param>
/// <param name="Bytes">The bytes that are stored.</param>
internal sealed record EncodedAuditEvent(ClientId? Subject, AuditEventType Type, long Time, byte[] Bytes)
{
    /// <exception cref="ArgumentException">The record is too large.</exception>
    public static EncodedAuditEvent Of(AuditEvent auditEvent) => new(
        auditEvent.ClientId,
        auditEvent.Type,
        auditEvent.Time.ToUnixTimeMilliseconds(),
        EncodedRecord.Bounded(AuditRecord.Encode(auditEvent)));
}
