using GrpcDcr.Server.Administration;
using GrpcDcr.Server.Endpoints.Console.Shared;
using GrpcDcr.Server.Model;
using Microsoft.AspNetCore.Mvc;

namespace GrpcDcr.Server.Endpoints.Console.Clients;

/// <summary>Approves a client, or its pending update.</summary>
[StandsFor("ClientAdministration/ApproveClient")]
internal sealed class ApproveModel(ClientReviews reviews, ClientApprovals approvals, ClientLifecycle lifecycle)
    : ReasonedAct(ClientActs.Approve, reviews)
{
    public Task<IActionResult> OnPostAsync(CancellationToken cancellationToken) => TryAsync(
        async () =>
        {
            var after = await lifecycle.TransitionAsync(
                ClientTransition.Approve, ClientId, Act(Reason, etag: Tag), cancellationToken);
            return Done(after.IsAwaitingApproval || after.State == ClientState.Rejected
                ? $"Your approval is given: {after.Approvals.Count} of {approvals.NeededFor(after)}. "
                    + "Another administrator must approve too."
                : "The client is approved.");
        },
        cancellationToken);
}
