using Google.Protobuf.WellKnownTypes;
using GrpcDcr.Server.Errors;
using GrpcDcr.Server.Model;
using GrpcDcr.V1;

namespace GrpcDcr.Server.Endpoints.Mapping;

/// <summary>Audit events, and what is asked of them, between the wire and the model.</summary>
internal static class AuditMapping
{
    public static V1.AuditEvent ToMessage(this Model.AuditEvent model)
    {
        var wire = new V1.AuditEvent
        {
            Sequence = model.Sequence,
            Time = Timestamp.FromDateTimeOffset(model.Time),
            Type = AuditEventTypes.NameOf(model.Type),
            Succeeded = model.Succeeded,
            Actor = model.Actor,
        };
        foreach (var (name, value) in model.Detail)
        {
            wire.Detail.Add(name, value);
        }

        if (model.ClientId is { } id)
        {
            wire.ClientId = id.ToString();
        }

        if (model.Reason is { } reason)
        {
            wire.Reason = reason;
        }

        if (model.SourceAddress is { } address)
        {
            wire.SourceAddress = address;
        }

        if (model.RequestId is { } request)
        {
            wire.RequestId = request;
        }

        return wire;
    }

    /// <exception cref="RegistrationRefusedException">A filter that is none.</exception>
    public static AuditFilter ToFilter(this ListAuditEventsRequest request) => new(
        ClientIdOf(request.ClientId),
        TypeOf(request.Type),
        request.StartTime?.ToDateTimeOffset(),
        request.EndTime?.ToDateTimeOffset());

    private static ClientId? ClientIdOf(string text) => text.Length == 0
        ? null
        : ClientId.TryParse(text, out var id)
            ? id
            : throw Invalid("client_id", "The client_id is not of this service.");

    private static AuditEventType? TypeOf(string text) => text.Length == 0
        ? null
        : AuditEventTypes.TryParse(text, out var type)
            ? type
            : throw Invalid("type", $"The type is none of {string.Join(", ", AuditEventTypes.All)}.");

    private static RegistrationRefusedException Invalid(string field, string problem) =>
        new(new RegistrationFault.InvalidArgument(field, problem));
}
