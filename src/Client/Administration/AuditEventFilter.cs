using GrpcDcr.Admin.V1;

namespace GrpcDcr.Client;

/// <summary>Which audit events to read. All that is set must hold; nothing set means all events.</summary>
public sealed record AuditEventFilter
{
    /// <summary>Only events about this client, deleted or not.</summary>
    public string? ClientId { get; init; }

    /// <summary>Only events of this type.</summary>
    public AuditEventType? Type { get; init; }

    /// <summary>Only events at or after this time.</summary>
    public DateTimeOffset? Since { get; init; }

    /// <summary>Only events before this time.</summary>
    public DateTimeOffset? Before { get; init; }
}
