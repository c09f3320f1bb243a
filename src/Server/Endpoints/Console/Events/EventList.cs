using GrpcDcr.Server.Model;

namespace GrpcDcr.Server.Endpoints.Console.Events;

/// <summary>Audit events of a table.</summary>
/// <param name="Events">In the order of the table.</param>
internal sealed record EventList(IReadOnlyList<AuditEvent> Events)
{
    public bool OldestFirst { get; init; }

    /// <summary>Whether the events are about several clients, so that the table names them.</summary>
    public bool HasClients { get; init; }

    /// <summary>The sequence after which events are new; <see langword="null"/> if none is.</summary>
    public long? NewAfter { get; init; }
}
