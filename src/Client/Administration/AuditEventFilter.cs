using GrpcDcr.Admin.V1;

namespace GrpcDcr.Client;

/// <summary>Which audit events to read. An event must match all properties that are set; if none is set, all events are read.</summary>
public sealed record AuditEventFilter
{
    /// <summary>Only events about this client, which may have been deleted.</summary>
    public string? ClientId { get; init; }

    /// <summary>Only events of this type.</summary>
    public AuditEventType? Type { get; init; }

    /// <summary>Only events of the actor with this name: that of a token, or the <c>client_id</c> of a program.</summary>
    public string? Actor { get; init; }

    /// <summary>Only events that came from this IP address, or from an address in this network, such as 203.0.113.0/24.</summary>
    public string? SourceNetwork { get; init; }

    /// <summary>Only events at or after this time.</summary>
    public DateTimeOffset? Since { get; init; }

    /// <summary>Only events before this time.</summary>
    public DateTimeOffset? Before { get; init; }
}
