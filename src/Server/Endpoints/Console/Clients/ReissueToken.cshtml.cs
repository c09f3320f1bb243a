using GrpcDcr.Server.Administration;
using GrpcDcr.Server.Endpoints.Console.Shared;
using GrpcDcr.Server.Endpoints.Discovery;
using Microsoft.AspNetCore.Mvc;

namespace GrpcDcr.Server.Endpoints.Console.Clients;

/// <summary>Issues a new registration access token.</summary>
[StandsFor("ClientAdministration/ReissueRegistrationAccessToken")]
internal sealed class ReissueTokenModel(ClientReviews reviews, ClientLifecycle lifecycle, IPublicOrigin origin, TimeProvider time)
    : CredentialAct(ClientActs.ReissueToken, reviews, time)
{
    /// <summary>Where the client uses the token.</summary>
    public string ConfigurationUri => PublicPaths.ClientConfiguration(origin, ClientId);

    public Task<IActionResult> OnPostAsync(CancellationToken cancellationToken) => TryAsync(
        async () =>
        {
            var reissued = await lifecycle.ReissueRegistrationAccessTokenAsync(
                ClientId, Act(Reason, etag: Tag, requestId: RequestId), cancellationToken);
            return await ShowAsync(reissued.RegistrationAccessToken, cancellationToken);
        },
        cancellationToken);
}
