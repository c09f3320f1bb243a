using Grpc.Core;
using GrpcDcr.Server.Administration;
using GrpcDcr.Server.Endpoints.Mapping;
using GrpcDcr.V1;

namespace GrpcDcr.Server.Endpoints.Grpc;

internal sealed class AuditLogService(StorageBackups backups) : AuditLog.AuditLogBase
{
    /// <summary>Bytes of a page token of audit events: a sequence.</summary>
    private const int TokenLength = 8;

    public override async Task<ListAuditEventsResponse> ListAuditEvents(ListAuditEventsRequest request, ServerCallContext context)
    {
        var page = await backups.ListAuditEventsAsync(
            request.ToFilter(),
            PageMapping.ToPageRequest(request.PageSize, request.PageToken, TokenLength),
            context.CancellationToken);
        return new ListAuditEventsResponse
        {
            Events = { page.Items.Select(auditEvent => auditEvent.ToMessage()) },
            NextPageToken = page.NextToken.ToPageToken(),
        };
    }
}
