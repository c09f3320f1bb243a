using GrpcDcr.Server.Model;
using GrpcDcr.Server.Storage.Records;

namespace GrpcDcr.Server.Storage.Changes;

/// <summary>An audit event on its way to the disk, with what engines find it by.</summary>
/// <param name="Subject">The client it is about; <see langword="null"/> for none.</param>
/// <param name="Type">What happened.</param>
/// <param name="Time">When, milliseconds since 1970-01-01T00:00:00Z.</param>
/// <param name="Record">The bytes that are kept.</param>
internal sealed record EncodedEvent(ClientId? Subject, AuditEventType Type, long Time, byte[] Record)
{
    /// <exception cref="ArgumentException">The record is too large.</exception>
    public static EncodedEvent Of(AuditEvent auditEvent) => new(
        auditEvent.ClientId, auditEvent.Type, auditEvent.Time.ToUnixTimeMilliseconds(), Kept.Bounded(AuditRecord.Encode(auditEvent)));
}
