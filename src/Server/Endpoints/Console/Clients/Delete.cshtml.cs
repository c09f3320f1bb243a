using GrpcDcr.Server.Administration;
using GrpcDcr.Server.Endpoints.Console.Shared;
using Microsoft.AspNetCore.Mvc;

namespace GrpcDcr.Server.Endpoints.Console.Clients;

/// <summary>Deletes a client.</summary>
[StandsFor("ClientAdministration/DeleteClient")]
internal sealed class DeleteModel(ClientReviews reviews, ClientLifecycle lifecycle) : ReasonedAct(ClientActs.Delete, reviews)
{
    public Task<IActionResult> OnPostAsync(CancellationToken cancellationToken) => TryAsync(
        async () =>
        {
            await lifecycle.DeleteAsync(ClientId, Act(Reason, etag: Tag), cancellationToken);
            return SeeOther("/console/clients", $"The client {ClientId} is deleted.");
        },
        cancellationToken);
}
