using Grpc.Core;
using GrpcDcr.Server.Registration;
using GrpcDcr.Server.Wire.Mapping;
using GrpcDcr.V1;

namespace GrpcDcr.Server.Wire.Grpc;

internal sealed class AuditLogService(OperatorDesk desk) : AuditLog.AuditLogBase
{
    /// <summary>Bytes of a page token of audit events: a sequence.</summary>
    private const int TokenLength = 8;

    public override async Task<ListAuditEventsResponse> ListAuditEvents(ListAuditEventsRequest request, ServerCallContext context)
    {
        var page = await desk.ListAuditEventsAsync(
            request.ToFilter(),
            PageMapping.ToPageRequest(request.PageSize, request.PageToken, TokenLength),
            context.CancellationToken);
        return new ListAuditEventsResponse
        {
            Events = { page.Items.Select(auditEvent => auditEvent.ToWire()) },
            NextPageToken = page.NextToken.ToPageToken(),
        };
    }
}
