using Grpc.Core;
using GrpcDcr.Admin.V1;
using GrpcDcr.Server.Administration;
using GrpcDcr.Server.Endpoints.Mapping;
using GrpcDcr.Server.Endpoints.Security;

namespace GrpcDcr.Server.Endpoints.Grpc;

internal sealed class BlockRulesService(BlockRuleControl control) : BlockRules.BlockRulesBase
{
    public override async Task<ListBlockRulesResponse> ListBlockRules(ListBlockRulesRequest request, ServerCallContext context) =>
        new() { BlockRules = { (await control.ListAsync(context.CancellationToken)).Select(BlockRuleMapping.ToMessage) } };

    public override async Task<CreateBlockRuleResponse> CreateBlockRule(CreateBlockRuleRequest request, ServerCallContext context)
    {
        var act = CallOrigin.ActOf(context.GetHttpContext(), request.Reason);
        return new() { BlockRule = (await control.CreateAsync(request.ToModel(), act, context.CancellationToken)).ToMessage() };
    }

    public override async Task<DeleteBlockRuleResponse> DeleteBlockRule(DeleteBlockRuleRequest request, ServerCallContext context)
    {
        var act = CallOrigin.ActOf(context.GetHttpContext(), request.Reason);
        await control.DeleteAsync(request.BlockRuleId, act, context.CancellationToken);
        return new();
    }
}
