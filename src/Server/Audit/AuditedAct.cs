using GrpcDcr.Server.Errors;
using GrpcDcr.Server.Model;
using GrpcDcr.Server.Storage;
using GrpcDcr.Server.Syntax;

namespace GrpcDcr.Server.Audit;

/// <summary>
/// Every act of an administrator or authorization server that is recorded runs through here, so that one that is refused is recorded too.
/// </summary>
internal sealed partial class AuditedAct(IRegistrationStore store, TimeProvider time, ILogger<AuditedAct> logger)
{
    /// <param name="type">What is tried.</param>
    /// <param name="clientId">The client it is about; <see langword="null"/> when it is about none, or one that cannot be.</param>
    /// <param name="request">Who, and why.</param>
    /// <param name="act">Does it, and stores the event that it gets, completed, with what it changes.</param>
    /// <param name="cancellationToken">Stops waiting for the record of a refusal.</param>
    /// <exception cref="RegistrationRefusedException">Refused, and recorded.</exception>
    public async Task<T> RunAsync<T>(
        AuditEventType type, ClientId? clientId, ActRequest request, Func<AuditEvent, Task<T>> act, CancellationToken cancellationToken)
    {
        var attempted = AuditEvents.Of(type, clientId, time.Now(), request.Caller) with
        {
            Reason = Reasons.Kept(request.Reason),
            PublicReason = Reasons.Kept(request.PublicReason),
        };
        try
        {
            var result = await act(attempted);
            LogActed(AuditEventTypes.NameOf(type), clientId, request.Caller.Actor, request.Caller.RequestId);
            return result;
        }
        catch (RegistrationRefusedException refused)
        {
            LogRefused(AuditEventTypes.NameOf(type), clientId, refused.Fault.Reason, request.Caller.Actor, request.Caller.RequestId);
            var refusal = new Refusal(refused.Fault.Reason, refused.Fault.Description);
            await store.RecordAsync(attempted with { Time = time.Now(), Refusal = refusal }, cancellationToken);
            throw;
        }
    }

    [LoggerMessage(2011, LogLevel.Information, "{Event} {ClientId} by {Actor}, request {RequestId}")]
    private partial void LogActed(string @event, ClientId? clientId, Actor actor, string? requestId);

    [LoggerMessage(2012, LogLevel.Information, "{Event} {ClientId} refused ({Reason}), requested by {Actor}, request {RequestId}")]
    private partial void LogRefused(string @event, ClientId? clientId, string reason, Actor actor, string? requestId);
}

/// <summary>Who acts, why, and on what they saw.</summary>
/// <param name="Caller">Who.</param>
/// <param name="Reason">Why; <see langword="null"/> when no reason is given.</param>
/// <param name="PublicReason">Why, for users; <see langword="null"/> when none is given.</param>
/// <param name="Etag">The version that the caller looked at; <see langword="null"/> for whatever it is now.</param>
/// <param name="RequestId">The name of a call that issues a credential; <see langword="null"/> when it has none.</param>
internal sealed record ActRequest(
    Caller Caller, string? Reason = null, string? PublicReason = null, string? Etag = null, string? RequestId = null);
