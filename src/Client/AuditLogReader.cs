using System.Runtime.CompilerServices;
using Google.Protobuf.WellKnownTypes;
using GrpcDcr.V1;

namespace GrpcDcr.Client;

/// <summary>Reads what happened, for operators. Safe for concurrent use.</summary>
/// <param name="stub">The generated stub; comes from the container.</param>
public sealed class AuditLogReader(AuditLog.AuditLogClient stub)
{
    /// <summary>Lists audit events in the order they happened. Pages are fetched as they are needed.</summary>
    /// <param name="filter">Which events. Null means all.</param>
    /// <param name="cancellationToken">Stops the listing.</param>
    /// <returns>The events up to now.</returns>
    /// <exception cref="GrpcDcrException">The question could not be answered.</exception>
    public async IAsyncEnumerable<AuditEvent> ListAsync(
        AuditEventFilter? filter = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var request = new ListAuditEventsRequest
        {
            ClientId = filter?.ClientId ?? "",
            Type = filter?.Type ?? "",
            StartTime = filter?.Since?.ToTimestamp(),
            EndTime = filter?.Before?.ToTimestamp(),
        };
        do
        {
            var page = await stub.ListAuditEventsAsync(request, cancellationToken: cancellationToken).ConfigureAwait(false);
            foreach (var happened in page.Events)
            {
                yield return happened;
            }
            request.PageToken = page.NextPageToken;
        }
        while (request.PageToken.Length > 0);
    }
}
