using Grpc.Core;
using GrpcDcr.Admin.V1;
using GrpcDcr.Server.Administration;
using GrpcDcr.Server.Audit;
using GrpcDcr.Server.Endpoints.Mapping;
using GrpcDcr.Server.Model;

namespace GrpcDcr.Server.Endpoints.Grpc;

/// <content>Acts on many clients.</content>
internal sealed partial class ClientAdministrationService
{
    public override Task BatchApproveClients(
        BatchApproveClientsRequest request, IServerStreamWriter<BatchApproveClientsResponse> responseStream, ServerCallContext context) =>
        StreamAsync(
            ClientTransition.Approve,
            BatchMapping.ToModel(request.Clients, request.Filter, request.HasExpectedCount ? request.ExpectedCount : null),
            ActOf(context, request.Reason, etag: ""),
            response => responseStream.WriteAsync(new() { Result = response.Result, Totals = response.Totals }),
            context);

    public override Task BatchRejectClients(
        BatchRejectClientsRequest request, IServerStreamWriter<BatchRejectClientsResponse> responseStream, ServerCallContext context) =>
        StreamAsync(
            ClientTransition.Reject,
            BatchMapping.ToModel(request.Clients, request.Filter, request.HasExpectedCount ? request.ExpectedCount : null),
            ActOf(context, request.Reason, etag: "", request.PublicReason),
            response => responseStream.WriteAsync(new() { Result = response.Result, Totals = response.Totals }),
            context);

    public override Task BatchDeleteClients(
        BatchDeleteClientsRequest request, IServerStreamWriter<BatchDeleteClientsResponse> responseStream, ServerCallContext context) =>
        StreamAsync(
            transition: null,
            BatchMapping.ToModel(request.Clients, request.Filter, request.HasExpectedCount ? request.ExpectedCount : null),
            ActOf(context, request.Reason, etag: ""),
            response => responseStream.WriteAsync(new() { Result = response.Result, Totals = response.Totals }),
            context);

    private async Task StreamAsync(
        ClientTransition? transition, BatchSelection selection, ActRequest request,
        Func<(ClientActResult? Result, ClientActTotals? Totals), Task> write, ServerCallContext context)
    {
        var totals = new ClientActTotals { Succeeded = 0, Refused = 0 };
        await foreach (var result in batches.RunAsync(transition, selection, request, context.CancellationToken))
        {
            totals.Succeeded += result.Fault is null ? 1 : 0;
            totals.Refused += result.Fault is null ? 0 : 1;
            await write((result.ToMessage(), null));
        }

        await write((null, totals));
    }
}
