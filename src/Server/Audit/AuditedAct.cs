using GrpcDcr.Server.Errors;
using GrpcDcr.Server.Model;
using GrpcDcr.Server.Storage;
using GrpcDcr.Server.Syntax;

namespace GrpcDcr.Server.Audit;

/// <summary>Runs every recorded act of an administrator or authorization server, and records it even if it is refused.</summary>
internal sealed partial class AuditedAct(IRegistrationStore store, TimeProvider time, ILogger<AuditedAct> logger)
{
    /// <param name="type">The type of the act.</param>
    /// <param name="clientId">The client; <see langword="null"/> if the act is about none, or if the identifier is malformed.</param>
    /// <param name="request">Actor and reason.</param>
    /// <param name="act">Performs the act. It completes the given event and stores it together with its change.</param>
    /// <param name="cancellationToken">Stops waiting until a refusal is recorded.</param>
    /// <param name="typeOf">The type of the act by its result, for the log; <see langword="null"/> if it is always the same.</param>
    /// <param name="clientOf">The client that the act created, for the log; <see langword="null"/> if it created none.</param>
    /// <exception cref="RegistrationRefusedException">The act was refused; the refusal is recorded.</exception>
    public async Task<T> RunAsync<T>(
        AuditEventType type,
        ClientId? clientId,
        ActRequest request,
        Func<AuditEvent, Task<T>> act,
        CancellationToken cancellationToken,
        Func<T, AuditEventType>? typeOf = null,
        Func<T, ClientId>? clientOf = null)
    {
        var attempted = AuditEvents.Of(type, clientId, time.Now(), request.Caller) with
        {
            Reason = Reasons.Kept(request.Reason),
            PublicReason = Reasons.Kept(request.PublicReason),
        };
        try
        {
            var result = await act(attempted);
            var about = clientOf?.Invoke(result) ?? clientId;
            LogActed(AuditEventTypes.NameOf(typeOf?.Invoke(result) ?? type), about, request.Caller.Actor, request.Caller.RequestId);
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

/// <summary>A request for an act: actor, reasons and the reviewed version.</summary>
/// <param name="Caller">Who.</param>
/// <param name="Reason">The reason; <see langword="null"/> if none is given.</param>
/// <param name="PublicReason">The reason for users; <see langword="null"/> if none is given.</param>
/// <param name="Etag">The version that the caller reviewed; <see langword="null"/> for the current version.</param>
/// <param name="RequestId">The <c>request_id</c> of a call that issues a credential; <see langword="null"/> if it has none.</param>
internal sealed record ActRequest(
    Caller Caller, string? Reason = null, string? PublicReason = null, string? Etag = null, string? RequestId = null);
