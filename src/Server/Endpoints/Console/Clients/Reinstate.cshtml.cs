using GrpcDcr.Server.Administration;
using GrpcDcr.Server.Endpoints.Console.Shared;
using GrpcDcr.Server.Model;
using Microsoft.AspNetCore.Mvc;

namespace GrpcDcr.Server.Endpoints.Console.Clients;

/// <summary>Ends the suspension of a client.</summary>
[StandsFor("ClientAdministration/ReinstateClient")]
internal sealed class ReinstateModel(ClientReviews reviews, ClientLifecycle lifecycle) : ReasonedAct(ClientActs.Reinstate, reviews)
{
    public Task<IActionResult> OnPostAsync(CancellationToken cancellationToken) => TryAsync(
        async () =>
        {
            var after = await lifecycle.TransitionAsync(
                ClientTransition.Reinstate, ClientId, Act(Reason, etag: Tag), cancellationToken);
            return Done($"The client is {ClientStates.NameOf(after.State)} again.");
        },
        cancellationToken);
}
