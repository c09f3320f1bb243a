using GrpcDcr.Server.Audit;
using GrpcDcr.Server.Model;
using GrpcDcr.Server.Storage;

namespace GrpcDcr.Server.Administration;

/// <summary>Closes and opens registration. Management by clients and lookups still work while it is closed.</summary>
internal sealed class RegistrationStatusControl(IRegistrationStore store, AuditedAct audited)
{
    /// <param name="closed">Whether registration is closed.</param>
    /// <param name="request">Actor and reason.</param>
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
