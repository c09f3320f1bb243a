using Google.Protobuf.WellKnownTypes;
using GrpcDcr.Admin.V1;
using GrpcDcr.Server.Errors;
using GrpcDcr.Server.Model;
using AuditEvent = GrpcDcr.Admin.V1.AuditEvent;
using AuditEventType = GrpcDcr.Admin.V1.AuditEventType;

namespace GrpcDcr.Server.Endpoints.Mapping;

/// <summary>Maps audit events and their filters between messages and model.</summary>
internal static class AuditMapping
{
    public static AuditEvent ToMessage(this Model.AuditEvent model)
    {
        var message = new AuditEvent
        {
            Sequence = model.Sequence,
            Time = Timestamp.FromDateTimeOffset(model.Time),
            Type = (AuditEventType)(int)model.Type,
            Actor = model.Actor.ToMessage(),
            Succeeded = model.Refusal is null
                && model.Type is not (Model.AuditEventType.RegistrationRefused or Model.AuditEventType.ClientRequestRefused
                    or Model.AuditEventType.RoleTokenRefused),
        };
        if (model.Refusal is { } refusal)
        {
            message.Refusal = new Admin.V1.Refusal { Reason = refusal.Reason, Description = refusal.Description };
        }

        if (model.ClientId is { } id)
        {
            message.ClientId = id.ToString();
        }

        if (model.ClientRevision is { } revision)
        {
            message.ClientRevision = revision;
        }

        SetTexts(model, message);
        AuditDetailMapping.Set(model.Detail, message);
        return message;
    }

    /// <exception cref="RegistrationRefusedException">A filter is invalid.</exception>
    public static AuditFilter ToFilter(this ListAuditEventsRequest request) => new(
        ClientIdOf(request.ClientId),
        TypeOf(request.Type),
        request.StartTime.ToTime(),
        request.EndTime.ToTime())
    {
        Actor = request.Actor.Length == 0 ? null : request.Actor,
        SourceNetwork = request.SourceNetwork.Length == 0 ? null : NetworkMapping.Read(request.SourceNetwork)
            ?? throw Invalid("source_network", $"The source_network {NetworkMapping.Allowed}."),
    };

    private static void SetTexts(Model.AuditEvent model, AuditEvent message)
    {
        if (model.Reason is { } reason)
        {
            message.Reason = reason;
        }

        if (model.PublicReason is { } publicReason)
        {
            message.PublicReason = publicReason;
        }

        if (model.SourceAddress is { } address)
        {
            message.SourceAddress = address;
        }

        if (model.CorrelationId is { } correlation)
        {
            message.CorrelationId = correlation;
        }
    }

    private static ClientId? ClientIdOf(string text) => text.Length == 0
        ? null
        : ClientId.TryParse(text, out var id)
            ? id
            : throw Invalid("client_id", "The client_id does not have the form of this service.");

    private static Model.AuditEventType? TypeOf(AuditEventType type) => type switch
    {
        AuditEventType.Unspecified => null,
        _ when System.Enum.IsDefined((Model.AuditEventType)(int)type) => (Model.AuditEventType)(int)type,
        _ => throw Invalid("type", $"The type must be one of {string.Join(", ", AuditEventTypes.All)}."),
    };

    private static RegistrationRefusedException Invalid(string field, string problem) =>
        new(new RegistrationFault.InvalidArgument(field, problem));
}
