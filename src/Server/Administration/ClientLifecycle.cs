using GrpcDcr.Server.Credentials;
using GrpcDcr.Server.Errors;
using GrpcDcr.Server.Model;
using GrpcDcr.Server.Policy;
using GrpcDcr.Server.Storage;
using GrpcDcr.Server.Syntax;
using GrpcDcr.Server.Validation;

namespace GrpcDcr.Server.Administration;

/// <summary>What administrators decide about clients. Every act is recorded with its actor and reason, whether or not it succeeds.</summary>
internal sealed partial class ClientLifecycle(
    IRegistrationStore store, RegistrationPolicies policies, ClientSecrets secrets, TimeProvider time, ILogger<ClientLifecycle> logger)
{
    public async Task<RegisteredClient> GetAsync(string clientId, CancellationToken cancellationToken) =>
        (ClientId.TryParse(clientId, out var id) ? await store.FindAsync(id, cancellationToken) : null)
        ?? throw new RegistrationRefusedException(new RegistrationFault.ClientNotFound());

    public ValueTask<Page<RegisteredClient>> ListAsync(ClientState? state, PageRequest page, CancellationToken cancellationToken) =>
        store.ListAsync(state, page, cancellationToken);

    /// <summary>Approves, rejects, suspends or reinstates.</summary>
    public Task<RegisteredClient> TransitionAsync(
        ClientTransition move, string clientId, ActRequest request, CancellationToken cancellationToken) => ActAsync(
            move.Event,
            clientId,
            request,
            client => move.IsAllowedFrom(client)
                ? WithoutUnusedSecret(move.Apply(client)) with { StateReason = NullIfEmpty(request.Reason) }
                : throw new RegistrationRefusedException(new RegistrationFault.StateForbids(
                    client.State, move.Done, string.Join(", ", move.From.Select(s => s.ToString().ToUpperInvariant())))),
            cancellationToken,
            move.NeedsReason);

    /// <summary>Issues a new secret; the old one stops working.</summary>
    public async Task<RotatedSecret> RotateSecretAsync(string clientId, ActRequest request, CancellationToken cancellationToken)
    {
        Secret? shown = null;
        var rotated = await ActAsync(
            AuditEventType.SecretRotated,
            clientId,
            request,
            client =>
            {
                if (client.Secret is null)
                {
                    throw new RegistrationRefusedException(new RegistrationFault.ClientHasNoSecret());
                }

                var issued = secrets.Issue(client.Id, ClientSecrets.NeedOf(client), policies.For(client.AdmittedBy), time.Now());
                shown = issued.Shown;
                return client with { Secret = issued.Kept };
            },
            cancellationToken);
        return new RotatedSecret(rotated, shown!);
    }

    /// <summary>Removes a client, whatever its state.</summary>
    public Task DeleteAsync(string clientId, ActRequest request, CancellationToken cancellationToken) =>
        ActAsync(AuditEventType.ClientDeleted, clientId, request, change: null, cancellationToken);

    /// <param name="type">The event that records the act.</param>
    /// <param name="clientId">Whom it is about.</param>
    /// <param name="request">Who, why, and on which version.</param>
    /// <param name="change">What becomes of the client, or a refusal; <see langword="null"/> to remove it.</param>
    /// <param name="cancellationToken">Stops before anything is changed.</param>
    /// <param name="needsReason">Whether the act is refused without a reason.</param>
    private async Task<RegisteredClient> ActAsync(
        AuditEventType type,
        string clientId,
        ActRequest request,
        Func<RegisteredClient, RegisteredClient>? change,
        CancellationToken cancellationToken,
        bool needsReason = false)
    {
        try
        {
            Reasons.Check(request.Reason, needsReason);
            while (true)
            {
                var current = await GetAsync(clientId, cancellationToken);
                if (request.Etag.Length > 0 && request.Etag != Etag.Of(current))
                {
                    throw new RegistrationRefusedException(new RegistrationFault.EtagMismatch());
                }

                // A conflict means that somebody else was quicker: look again, unless the caller insists on what it saw.
                if (await TryAsync(type, current, request, change, cancellationToken) is { } done)
                {
                    LogActed(AuditEventTypes.NameOf(type), current.Id, request.Caller.Actor, request.Caller.RequestId);
                    return done;
                }
            }
        }
        catch (RegistrationRefusedException refused)
        {
            await RecordRefusalAsync(type, clientId, request, refused.Fault, cancellationToken);
            throw;
        }
    }

    private async Task<RegisteredClient?> TryAsync(
        AuditEventType type,
        RegisteredClient current,
        ActRequest request,
        Func<RegisteredClient, RegisteredClient>? change,
        CancellationToken cancellationToken)
    {
        var happened = EventOf(type, current.Id, request);
        if (change is null)
        {
            var removal = await store.RemoveAsync(current.Id, current.Version, happened, cancellationToken);
            return removal == RemoveOutcome.Removed ? current : null;
        }

        var next = change(current) with { Version = current.Version + 1, UpdatedAt = happened.Time };
        var replacement = await store.ReplaceAsync(next, current.Version, softwareStatement: null, happened, cancellationToken);
        return replacement == ReplaceOutcome.Replaced ? next : null;
    }

    private async Task RecordRefusalAsync(
        AuditEventType type, string clientId, ActRequest request, RegistrationFault fault, CancellationToken cancellationToken)
    {
        var name = fault.GetType().Name;
        LogRefused(AuditEventTypes.NameOf(type), name, request.Caller.Actor, request.Caller.RequestId);
        var tried = EventOf(type, ClientId.TryParse(clientId, out var id) ? id : null, request);
        await store.RecordAsync(
            tried with { Succeeded = false, Detail = new Dictionary<string, string> { ["refused_because"] = fault.Description } },
            cancellationToken);
    }

    private AuditEvent EventOf(AuditEventType type, ClientId? id, ActRequest request) => new()
    {
        Time = time.Now(),
        Type = type,
        Actor = request.Caller.Actor,
        ClientId = id,
        Reason = NullIfEmpty(request.Reason[..Math.Min(request.Reason.Length, Reasons.MaxLength)]),
        SourceAddress = request.Caller.SourceAddress,
        RequestId = request.Caller.RequestId,
    };

    /// <summary>What needed the secret may be the version that waited, or the one that was replaced.</summary>
    private static RegisteredClient WithoutUnusedSecret(RegisteredClient client) =>
        client.Secret is not null && ClientSecrets.NeedOf(client) == SecretNeed.None ? client with { Secret = null } : client;

    private static string? NullIfEmpty(string text) => text.Length == 0 ? null : text;

    [LoggerMessage(2011, LogLevel.Information, "{Event} {ClientId} by {Actor}, request {RequestId}")]
    private partial void LogActed(string @event, ClientId clientId, string actor, string? requestId);

    [LoggerMessage(2012, LogLevel.Information, "{Event} refused ({Fault}), asked by {Actor}, request {RequestId}")]
    private partial void LogRefused(string @event, string fault, string actor, string? requestId);
}

/// <summary>Who acts, why, and on what they saw.</summary>
/// <param name="Caller">Who.</param>
/// <param name="Reason">Why; empty when no reason is given.</param>
/// <param name="Etag">The <see cref="Etag"/> the caller looked at; empty for whatever the client is now.</param>
internal sealed record ActRequest(Caller Caller, string Reason, string Etag);

/// <summary>A client and its new secret, which is shown once.</summary>
internal sealed record RotatedSecret(RegisteredClient Client, Secret Secret);

/// <summary>Names one version of a client. Opaque to callers.</summary>
internal static class Etag
{
    public static string Of(RegisteredClient client) => $"v{client.Version}";
}
