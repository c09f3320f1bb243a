using Google.Protobuf.WellKnownTypes;
using GrpcDcr.Admin.V1;
using GrpcDcr.Server.Errors;
using GrpcDcr.Server.Model;
using GrpcDcr.Server.Syntax;
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

    /// <exception cref="RegistrationRefusedException">Filters are invalid; the error names each.</exception>
    public static AuditFilter ToFilter(this ListAuditEventsRequest request)
    {
        var violations = new Violations();
        var filter = new AuditFilter(
            ClientIdOf(request.ClientId, violations),
            TypeOf(request.Type, violations),
            request.StartTime.ToTime(),
            request.EndTime.ToTime())
        {
            Actor = request.Actor.Length == 0 ? null : request.Actor,
            SourceNetwork = NetworkOf(request.SourceNetwork, violations),
        };
        return violations.Found.Count == 0
            ? filter
            : throw new RegistrationRefusedException(new RegistrationFault.InvalidArgument(violations.Found));
    }

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

    private static ClientId? ClientIdOf(string text, Violations violations)
    {
        if (text.Length > 0 && !ClientId.TryParse(text, out _))
        {
            violations.Add("client_id", "The client_id does not have the form of this service.");
        }

        return ClientId.TryParse(text, out var id) ? id : null;
    }

    private static Model.AuditEventType? TypeOf(AuditEventType type, Violations violations)
    {
        if (type == AuditEventType.Unspecified)
        {
            return null;
        }

        if (!System.Enum.IsDefined((Model.AuditEventType)(int)type))
        {
            violations.Add("type", $"The type must be one of {string.Join(", ", AuditEventTypes.All)}.");
        }

        return (Model.AuditEventType)(int)type;
    }

    private static System.Net.IPNetwork? NetworkOf(string text, Violations violations)
    {
        var network = NetworkMapping.Read(text);
        if (text.Length > 0 && network is null)
        {
            violations.Add("source_network", $"The source_network {NetworkMapping.Allowed}.");
        }

        return network;
    }
}
