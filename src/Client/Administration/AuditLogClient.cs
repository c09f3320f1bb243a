using System.Runtime.CompilerServices;
using Google.Protobuf.WellKnownTypes;
using GrpcDcr.Admin.V1;

namespace GrpcDcr.Client;

/// <summary>Reads the audit log, for administrators. Safe for concurrent use; tests can derive from it.</summary>
public class AuditLogClient
{
    private readonly ServiceConnection _connection;
    private readonly AuditLog.AuditLogClient _stub;

    internal AuditLogClient(ServiceConnection connection) =>
        (_connection, _stub) = (connection, new AuditLog.AuditLogClient(connection.Invoker));

    /// <summary>For derived classes that override the methods that are called.</summary>
    protected AuditLogClient() => (_connection, _stub) = (null!, null!);

    /// <summary>Lists audit events by their sequence. Pages are fetched as they are needed.</summary>
    /// <param name="filter">Which events to list. Null means all.</param>
    /// <param name="order">The order. Unspecified means the newest first.</param>
    /// <param name="cancellationToken">Stops the listing.</param>
    /// <returns>The events.</returns>
    /// <exception cref="GrpcDcrException">The call failed.</exception>
    public virtual async IAsyncEnumerable<AuditEvent> ListAsync(
        AuditEventFilter? filter = null,
        ListOrder order = ListOrder.Unspecified,
        [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var request = new ListAuditEventsRequest
        {
            ClientId = filter?.ClientId ?? "",
            Type = filter?.Type ?? AuditEventType.Unspecified,
            StartTime = filter?.Since?.ToTimestamp(),
            EndTime = filter?.Before?.ToTimestamp(),
            Actor = filter?.Actor ?? "",
            SourceNetwork = filter?.SourceNetwork ?? "",
            Order = order,
        };
        do
        {
            var page = await _connection.CallAsync(_stub.ListAuditEventsAsync, request, cancellationToken).ConfigureAwait(false);
            foreach (var happened in page.Events)
            {
                yield return happened;
            }

            request.PageToken = page.NextPageToken;
        }
        while (request.PageToken.Length > 0);
    }
}
