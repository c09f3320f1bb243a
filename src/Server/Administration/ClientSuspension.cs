using GrpcDcr.Server.Audit;
using GrpcDcr.Server.Errors;
using GrpcDcr.Server.Model;

namespace GrpcDcr.Server.Administration;

/// <summary>Suspends clients, and keeps their programs from coming back under new identifiers.</summary>
internal sealed class ClientSuspension(ClientLifecycle lifecycle, BlockRuleControl blocks)
{
    /// <param name="clientId">The client.</param>
    /// <param name="subjects">What of the client to block; empty for nothing.</param>
    /// <param name="request">Actor and reasons.</param>
    /// <param name="cancellationToken">Stops before the next change.</param>
    /// <exception cref="RegistrationRefusedException">The client does not have one of the subjects, or cannot be suspended.</exception>
    public async Task<RegisteredClient> SuspendAsync(
        string clientId, IReadOnlyList<BlockSubject> subjects, ActRequest request, CancellationToken cancellationToken)
    {
        if (subjects.Count > 0)
        {
            var client = await lifecycle.GetAsync(clientId, cancellationToken);
            await blocks.BlockAsync(client, subjects, request, cancellationToken);
        }

        return await lifecycle.TransitionAsync(ClientTransition.Suspend, clientId, request, cancellationToken);
    }
}
