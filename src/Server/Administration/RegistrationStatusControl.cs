using GrpcDcr.Server.Audit;
using GrpcDcr.Server.Errors;
using GrpcDcr.Server.Model;
using GrpcDcr.Server.Storage;
using GrpcDcr.Server.Syntax;

namespace GrpcDcr.Server.Administration;

/// <summary>The switch by which administrators stop new registrations; management of clients and lookups go on.</summary>
internal sealed partial class RegistrationStatusControl(IRegistrationStore store, TimeProvider time, ILogger<RegistrationStatusControl> logger)
{
    public ValueTask<RegistrationStatus> ReadAsync(CancellationToken cancellationToken) => store.GetRegistrationStatusAsync(cancellationToken);

    /// <param name="closed">Whether no new client is admitted from now on.</param>
    /// <param name="reason">Why; <see langword="null"/> when no reason is given.</param>
    /// <param name="caller">For the audit log.</param>
    /// <param name="cancellationToken">Stops before anything is changed.</param>
    public async Task<RegistrationStatus> SetAsync(bool closed, string? reason, Caller caller, CancellationToken cancellationToken)
    {
        Reasons.Check(reason);
        var next = new RegistrationStatus(closed, reason, time.Now());
        var type = closed ? AuditEventType.RegistrationClosed : AuditEventType.RegistrationOpened;
        var happened = RegistrationEvents.Of(type, clientId: null, time.Now(), caller) with { Reason = reason };
        await store.SetRegistrationStatusAsync(next, happened, cancellationToken);
        LogTurned(AuditEventTypes.NameOf(type), caller.Actor, caller.RequestId);
        return next;
    }

    [LoggerMessage(2063, LogLevel.Warning, "{Event} by {Actor}, request {RequestId}")]
    private partial void LogTurned(string @event, string actor, string? requestId);
}
