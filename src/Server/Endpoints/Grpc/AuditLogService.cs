using Grpc.Core;
using GrpcDcr.Admin.V1;
using GrpcDcr.Server.Endpoints.Mapping;
using GrpcDcr.Server.Storage;

namespace GrpcDcr.Server.Endpoints.Grpc;

internal sealed class AuditLogService(IClientReader store) : AuditLog.AuditLogBase
{
    /// <summary>Bytes of the key of an audit event: a sequence.</summary>
    private const int KeyLength = 8;

    public override async Task<ListAuditEventsResponse> ListAuditEvents(ListAuditEventsRequest request, ServerCallContext context)
    {
        var page = await store.ListAuditEventsAsync(
            request.ToFilter(),
            request.ToPageRequest(KeyLength, request.Order.ToModel()),
            context.CancellationToken);
        return new ListAuditEventsResponse
        {
            Events = { page.Items.Select(auditEvent => auditEvent.ToMessage()) },
            NextPageToken = page.NextToken.ToPageToken(request),
        };
    }
}
