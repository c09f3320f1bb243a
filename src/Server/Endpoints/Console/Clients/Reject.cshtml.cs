using GrpcDcr.Server.Administration;
using GrpcDcr.Server.Endpoints.Console.Shared;
using GrpcDcr.Server.Model;
using Microsoft.AspNetCore.Mvc;

namespace GrpcDcr.Server.Endpoints.Console.Clients;

/// <summary>Rejects a client, or its pending update.</summary>
[StandsFor("ClientAdministration/RejectClient")]
internal sealed class RejectModel(ClientReviews reviews, ClientLifecycle lifecycle) : ReasonedAct(ClientActs.Reject, reviews)
{
    [FromForm(Name = "public_reason")]
    public string? PublicReason { get; set; }

    public override ActForm Form => base.Form with { PublicReason = PublicReason ?? "" };

    public Task<IActionResult> OnPostAsync(CancellationToken cancellationToken) => TryAsync(
        async () =>
        {
            var after = await lifecycle.TransitionAsync(
                ClientTransition.Reject, ClientId, Act(Reason, PublicReason, Tag), cancellationToken);
            return Done(after.State == ClientState.Rejected ? "The client is rejected." : "The update is rejected.");
        },
        cancellationToken);
}
