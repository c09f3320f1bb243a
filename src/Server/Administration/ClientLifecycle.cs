using System.Diagnostics;
using GrpcDcr.Server.Audit;
using GrpcDcr.Server.Credentials;
using GrpcDcr.Server.Errors;
using GrpcDcr.Server.Model;
using GrpcDcr.Server.Policy;
using GrpcDcr.Server.Storage;
using GrpcDcr.Server.Syntax;
using GrpcDcr.Server.Validation;

namespace GrpcDcr.Server.Administration;

/// <summary>
/// The decisions of administrators about clients. Every act is recorded with its actor and reason, whether it succeeds or is refused.
/// </summary>
internal sealed class ClientLifecycle(
    IRegistrationStore store,
    RegistrationPolicies policies,
    ClientApprovals approvals,
    ClientSecrets secrets,
    IssuingRequests requests,
    AuditedAct audited,
    TimeProvider time)
{
    public async Task<RegisteredClient> GetAsync(string clientId, CancellationToken cancellationToken) =>
        (ClientId.TryParse(clientId, out var id) ? await store.FindAsync(id, cancellationToken) : null)
        ?? throw new RegistrationRefusedException(new RegistrationFault.ClientNotFound());

    /// <summary>Approves, rejects, suspends or reinstates a client.</summary>
    public Task<RegisteredClient> TransitionAsync(
        ClientTransition transition, string clientId, ActRequest request, CancellationToken cancellationToken) => ActAsync(
            transition.Event,
            clientId,
            request,
            client => transition.IsAllowedFrom(client)
                ? ApplyAsync(transition, client, request, cancellationToken)
                : throw new RegistrationRefusedException(new RegistrationFault.StateForbids(
                    client.State, transition.Done, string.Join(", ", transition.From.Select(s => s.ToString().ToUpperInvariant())))),
            cancellationToken,
            transition);

    private async ValueTask<RegisteredClient> ApplyAsync(
        ClientTransition transition, RegisteredClient client, ActRequest request, CancellationToken cancellationToken) =>
        WithoutUnusedSecret(transition == ClientTransition.Approve
            ? await approvals.ApplyAsync(client, request, cancellationToken)
            : transition.Apply(client, request.Reason, request.PublicReason));

    /// <summary>Issues a new client secret; the previous one stops working.</summary>
    public async Task<RotatedSecret> RotateSecretAsync(string clientId, ActRequest request, CancellationToken cancellationToken)
    {
        Secret? shown = null;
        var rotated = await ActAsync(
            AuditEventType.ClientSecretRotated,
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
                return ValueTask.FromResult(client with { Secret = issued.Kept });
            },
            cancellationToken,
            issues: IssuingCall.SecretRotation);
        return new RotatedSecret(rotated, shown!);
    }

    /// <summary>
    /// Issues a new registration access token (RFC 7592 section 3) to a client in any state; the previous ones stop working at once.
    /// </summary>
    public async Task<ReissuedRegistrationAccessToken> ReissueRegistrationAccessTokenAsync(
        string clientId, ActRequest request, CancellationToken cancellationToken)
    {
        Secret? shown = null;
        var reissued = await ActAsync(
            AuditEventType.RegistrationAccessTokenReissued,
            clientId,
            request,
            client =>
            {
                shown = LookupToken.For(client.Id.Value);
                return ValueTask.FromResult(
                    client with { RegistrationAccessToken = new RegistrationAccessToken(SecretHash.Of(shown.Reveal())) });
            },
            cancellationToken,
            issues: IssuingCall.RegistrationAccessToken);
        return new ReissuedRegistrationAccessToken(reissued, shown!);
    }

    /// <summary>Sets and removes annotations of a client in any state.</summary>
    public Task<RegisteredClient> AnnotateAsync(
        string clientId, AnnotationChange change, ActRequest request, CancellationToken cancellationToken) => ActAsync(
            AuditEventType.ClientAnnotated,
            clientId,
            request,
            client =>
            {
                AnnotationRules.Check(change);
                return ValueTask.FromResult(client with { Annotations = AnnotationRules.Apply(change, client.Annotations) });
            },
            cancellationToken);

    /// <summary>Deletes a client in any state.</summary>
    public Task DeleteAsync(string clientId, ActRequest request, CancellationToken cancellationToken) =>
        ActAsync(AuditEventType.ClientDeleted, clientId, request, change: null, cancellationToken);

    /// <param name="type">The event that records the act.</param>
    /// <param name="clientId">The client.</param>
    /// <param name="request">Actor, reason and the reviewed version.</param>
    /// <param name="change">Returns the changed client, or throws a refusal; <see langword="null"/> deletes the client.</param>
    /// <param name="cancellationToken">Stops before anything is changed.</param>
    /// <param name="transition">The transition, which may require a reason and an etag; <see langword="null"/> for other acts.</param>
    /// <param name="issues">The call, if it issues a credential; <see langword="null"/> for other acts.</param>
    private Task<RegisteredClient> ActAsync(
        AuditEventType type,
        string clientId,
        ActRequest request,
        Func<RegisteredClient, ValueTask<RegisteredClient>>? change,
        CancellationToken cancellationToken,
        ClientTransition? transition = null,
        IssuingCall? issues = null) => audited.RunAsync(
            type,
            ClientId.TryParse(clientId, out var id) ? id : null,
            request,
            async attempted =>
            {
                var once = issues is { } call ? await requests.BeginAsync(call, request.RequestId, cancellationToken) : null;
                Reasons.Check(request, transition is { NeedsReason: true });
                Etag.Check(request, transition is { NeedsEtag: true });
                while (true)
                {
                    var current = await GetAsync(clientId, cancellationToken);
                    Etag.Check(request, current);

                    // A conflict means that another change came first: read again. With an etag, the next check fails.
                    if (await TryAsync(attempted with { Time = time.Now() }, current, change, once, cancellationToken) is { } done)
                    {
                        return done;
                    }
                }
            },
            cancellationToken,
            after => TypeOf(type, after));

    /// <summary>An approval is the one that approves only if nothing waits any more.</summary>
    private static AuditEventType TypeOf(AuditEventType type, RegisteredClient after) =>
        type == AuditEventType.ClientApproved
            && (after.PendingUpdate is not null || after.State is ClientState.Pending or ClientState.Rejected)
            ? AuditEventType.ClientApprovalGiven
            : type;

    private async Task<RegisteredClient?> TryAsync(
        AuditEvent attempted,
        RegisteredClient current,
        Func<RegisteredClient, ValueTask<RegisteredClient>>? change,
        IssuingRequest? once,
        CancellationToken cancellationToken)
    {
        if (change is null)
        {
            var removed = attempted with { ClientRevision = current.Revision + 1 };
            return await store.RemoveAsync(current.Id, current.Version, removed, cancellationToken) == RemoveOutcome.Removed
                ? current
                : null;
        }

        var next = (await change(current)).Following(current, attempted.Time);
        var replaced = attempted with
        {
            Type = TypeOf(attempted.Type, next),
            Detail = attempted.Type == AuditEventType.ClientAnnotated ? AuditEvents.Annotated(current, next) : null,
            ClientRevision = AuditEvents.RevisionAfter(current, next),
        };
        var outcome = await store.ReplaceAsync(next, current.Version, once?.With(next.Id.Value), replaced, cancellationToken);
        return outcome switch
        {
            ReplaceOutcome.Replaced => next,
            ReplaceOutcome.NotFound or ReplaceOutcome.VersionConflict => null,
            ReplaceOutcome.RequestRepeated => throw await requests.RepeatedAsync(once!, cancellationToken),
            _ => throw new UnreachableException($"An act ended as {outcome}."),
        };
    }

    /// <summary>Drops the secret if only the metadata that this act discards needed it.</summary>
    private static RegisteredClient WithoutUnusedSecret(RegisteredClient client) =>
        client.Secret is not null && ClientSecrets.NeedOf(client) == SecretNeed.None ? client with { Secret = null } : client;
}

/// <summary>A client and its new client secret, which is shown once.</summary>
internal sealed record RotatedSecret(RegisteredClient Client, Secret Secret);

/// <summary>A client and its new registration access token, which is shown once.</summary>
internal sealed record ReissuedRegistrationAccessToken(RegisteredClient Client, Secret RegistrationAccessToken);
