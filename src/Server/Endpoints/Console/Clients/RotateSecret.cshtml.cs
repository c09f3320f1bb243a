using GrpcDcr.Server.Administration;
using GrpcDcr.Server.Endpoints.Console.Shared;
using Microsoft.AspNetCore.Mvc;

namespace GrpcDcr.Server.Endpoints.Console.Clients;

/// <summary>Issues a new client secret.</summary>
[StandsFor("ClientAdministration/RotateClientSecret")]
internal sealed class RotateSecretModel(ClientReviews reviews, ClientLifecycle lifecycle, TimeProvider time)
    : CredentialAct(ClientActs.RotateSecret, reviews, time)
{
    public Task<IActionResult> OnPostAsync(CancellationToken cancellationToken) => TryAsync(
        async () =>
        {
            var rotated = await lifecycle.RotateSecretAsync(
                ClientId, Act(Reason, etag: Tag, requestId: RequestId), cancellationToken);
            return await ShowAsync(rotated.Secret, cancellationToken);
        },
        cancellationToken);
}
