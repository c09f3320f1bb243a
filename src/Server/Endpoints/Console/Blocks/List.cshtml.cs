using GrpcDcr.Server.Administration;
using GrpcDcr.Server.Endpoints.Console.Shared;
using GrpcDcr.Server.Model;

namespace GrpcDcr.Server.Endpoints.Console.Blocks;

/// <summary>The block rules in effect, the oldest first.</summary>
[StandsFor("BlockRules/ListBlockRules")]
internal sealed class ListModel(BlockRuleControl control) : ConsolePage
{
    public IReadOnlyList<BlockRule> Rules { get; private set; } = [];

    public async Task OnGetAsync(CancellationToken cancellationToken) => Rules = await control.ListAsync(cancellationToken);
}
