using Grpc.Core;
using GrpcDcr.Admin.V1;
using GrpcDcr.Server.Endpoints.Mapping;
using GrpcDcr.Server.Storage;

namespace GrpcDcr.Server.Endpoints.Grpc;

internal sealed class AuditLogService(IClientReader store) : AuditLog.AuditLogBase
{
    public override async Task<ListAuditEventsResponse> ListAuditEvents(ListAuditEventsRequest request, ServerCallContext context)
    {
        var page = await store.ListAuditEventsAsync(
            request.ToFilter(), request.ToEventPageRequest(), context.CancellationToken);
        return new ListAuditEventsResponse
        {
            Events = { page.Items.Select(auditEvent => auditEvent.ToMessage()) },
            NextPageToken = page.NextToken.ToPageToken(request),
        };
    }
}
