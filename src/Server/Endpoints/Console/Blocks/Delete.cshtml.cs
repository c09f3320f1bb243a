using GrpcDcr.Server.Administration;
using GrpcDcr.Server.Endpoints.Console.Shared;
using GrpcDcr.Server.Errors;
using GrpcDcr.Server.Model;
using Microsoft.AspNetCore.Mvc;

namespace GrpcDcr.Server.Endpoints.Console.Blocks;

/// <summary>Deletes a block rule, after it was shown once more.</summary>
[StandsFor("BlockRules/DeleteBlockRule")]
internal sealed class DeleteModel(BlockRuleControl control) : ConsolePage
{
    [FromRoute(Name = "block_rule_id")]
    public string BlockRuleId { get; set; } = "";

    [FromForm(Name = "reason")]
    public string? Reason { get; set; }

    public BlockRule Rule { get; private set; } = null!;

    public async Task OnGetAsync(CancellationToken cancellationToken) => Rule =
        (await control.ListAsync(cancellationToken)).FirstOrDefault(rule => rule.Id.ToString() == BlockRuleId)
        ?? throw new RegistrationRefusedException(new RegistrationFault.BlockRuleNotFound());

    public async Task<IActionResult> OnPostAsync(CancellationToken cancellationToken)
    {
        await OnGetAsync(cancellationToken);
        return await ActAsync(async () =>
        {
            await control.DeleteAsync(BlockRuleId, Act(Reason), cancellationToken);
            return SeeOther("/console/blocks", "The block rule is deleted.");
        });
    }
}
