using System.Runtime.CompilerServices;
using Google.Protobuf.WellKnownTypes;
using GrpcDcr.Admin.V1;

namespace GrpcDcr.Client;

/// <summary>Reads what happened, for administrators. Safe for concurrent use; can be derived from in tests.</summary>
public class AuditLogClient
{
    private readonly ServiceConnection _connection;
    private readonly AuditLog.AuditLogClient _stub;

    internal AuditLogClient(ServiceConnection connection) =>
        (_connection, _stub) = (connection, new AuditLog.AuditLogClient(connection.Invoker));

    /// <summary>For derived classes that override what they are asked for.</summary>
    protected AuditLogClient() => (_connection, _stub) = (null!, null!);

    /// <summary>Lists audit events in the order they happened. Pages are fetched as they are needed.</summary>
    /// <param name="filter">Which events. Null means all.</param>
    /// <param name="cancellationToken">Stops the listing.</param>
    /// <returns>The events up to now.</returns>
    /// <exception cref="GrpcDcrException">The question could not be answered.</exception>
    public virtual async IAsyncEnumerable<AuditEvent> ListAsync(
        AuditEventFilter? filter = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var request = new ListAuditEventsRequest
        {
            ClientId = filter?.ClientId ?? "",
            Type = filter?.Type ?? AuditEventType.Unspecified,
            StartTime = filter?.Since?.ToTimestamp(),
            EndTime = filter?.Before?.ToTimestamp(),
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
