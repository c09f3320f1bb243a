using GrpcDcr.Server.Audit;
using GrpcDcr.Server.Errors;
using GrpcDcr.Server.Model;
using GrpcDcr.Server.Policy;
using GrpcDcr.Server.Storage;
using GrpcDcr.Server.Syntax;

namespace GrpcDcr.Server.Administration;

/// <summary>How many administrators must approve, and who may be one of them.</summary>
internal sealed class ClientApprovals(IRegistrationStore store, RegistrationPolicies policies, TimeProvider time)
{
    /// <summary>How many must approve what waits, if the client waits for approval.</summary>
    public int NeededFor(RegisteredClient client) => policies.For(client.AdmittedBy).ApprovalsNeeded;

    /// <summary>The client after an approval: with the last one it is approved, and with any other it only has one more.</summary>
    /// <param name="client">A client that may be approved.</param>
    /// <param name="request">Actor and reason.</param>
    /// <param name="cancellationToken">Stops reading.</param>
    /// <exception cref="RegistrationRefusedException">The actor may not be one of those who approve.</exception>
    public async ValueTask<RegisteredClient> ApplyAsync(
        RegisteredClient client, ActRequest request, CancellationToken cancellationToken)
    {
        var (actor, needed) = (request.Caller.Actor, NeededFor(client));
        var earlier = client.IsAwaitingApproval || client.State == ClientState.Rejected ? client.Approvals : [];
        if (needed > 1)
        {
            await CheckAsync(actor, client, earlier, needed, cancellationToken);
        }

        var approvals = (IReadOnlyList<Approval>)[.. earlier, new Approval(actor, time.Now(), request.Reason)];
        return (approvals.Count < needed ? client : ClientTransition.Approve.Apply(client, request.Reason, request.PublicReason)) with
        {
            Approvals = approvals,
        };
    }

    private async ValueTask CheckAsync(
        Actor actor, RegisteredClient client, IReadOnlyList<Approval> earlier, int needed, CancellationToken cancellationToken)
    {
        if (earlier.Any(approval => approval.Actor.IsSameAs(actor)))
        {
            throw new RegistrationRefusedException(new RegistrationFault.AlreadyApproved(earlier.Count, needed));
        }

        if (client.InitialAccessTokenId is { } id
            && await store.FindInitialAccessTokenAsync(id, cancellationToken) is { IssuedBy: { } issuer }
            && issuer.IsSameAs(actor))
        {
            throw new RegistrationRefusedException(new RegistrationFault.SelfApproval(needed));
        }
    }
}
