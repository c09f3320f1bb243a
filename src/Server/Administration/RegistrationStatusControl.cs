using GrpcDcr.Server.Audit;
using GrpcDcr.Server.Model;
using GrpcDcr.Server.Storage;

namespace GrpcDcr.Server.Administration;

/// <summary>Administrators close and open registration; management of clients and lookups go on.</summary>
internal sealed class RegistrationStatusControl(IRegistrationStore store, AuditedAct audited)
{
    /// <param name="closed">Whether no new client is admitted from now on.</param>
    /// <param name="request">Who, and why.</param>
    /// <param name="cancellationToken">Stops before anything is changed.</param>
    public Task<RegistrationStatus> SetAsync(bool closed, ActRequest request, CancellationToken cancellationToken) => audited.RunAsync(
        closed ? AuditEventType.RegistrationClosed : AuditEventType.RegistrationOpened,
        clientId: null,
        request,
        async attempted =>
        {
            Reasons.Check(request);
            var next = new RegistrationStatus(closed, request.Reason, attempted.Time);
            await store.SetRegistrationStatusAsync(next, attempted, cancellationToken);
            return next;
        },
        cancellationToken);
}
