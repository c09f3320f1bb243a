using System.Net;
using GrpcDcr.Server.Audit;
using GrpcDcr.Server.Credentials;
using GrpcDcr.Server.Errors;
using GrpcDcr.Server.Model;
using GrpcDcr.Server.Policy;
using GrpcDcr.Server.Storage;

namespace GrpcDcr.Server.Admission;

/// <summary>
/// Decides whether a client may read, update or delete its own record (RFC 7592 section 2), by its registration access token alone and
/// before a byte of the body is read. An unknown client, the token of another client and a deleted client get the same answer after the
/// same time.
/// </summary>
internal sealed class ManagementAdmission(
    IClientReader store, RegistrationPolicies policies, RegistrationLimiters limiters, RejectionAggregator rejections, TimeProvider time)
{
    private const string TokenName = "The registration access token";

    /// <summary>The fault for a token that does not belong to a client, for whatever reason.</summary>
    public static RegistrationFault Gone { get; } = new RegistrationFault.CredentialInvalid(TokenName);

    /// <param name="act">What the client wants to do.</param>
    /// <param name="clientId">The client in the request; <see langword="null"/> if it is known only after the body is read.</param>
    /// <param name="address">The address of the caller.</param>
    /// <param name="bearer">The bearer token.</param>
    /// <param name="caller">For the audit log.</param>
    /// <param name="cancellationToken">Stops the lookup.</param>
    /// <exception cref="RegistrationRefusedException">Not admitted.</exception>
    public async ValueTask<ManagedClient> AdmitAsync(
        ManagementActs act,
        string? clientId,
        IPAddress? address,
        PresentedCredential bearer,
        Caller caller,
        CancellationToken cancellationToken)
    {
        var known = caller;
        try
        {
            var found = await AuthenticateAsync(act, clientId, address, bearer, cancellationToken);
            known = caller with { Actor = Actor.Of(found.Client.Id) };
            await limiters.Management.TakeAsync(address, cancellationToken);
            return !policies.For(found.Client.AdmittedBy).Management.HasFlag(act)
                ? throw new RegistrationRefusedException(new RegistrationFault.ActForbidden(act))
                : act == ManagementActs.Update ? RequireUpdatable(found)
                : found;
        }
        catch (RegistrationRefusedException refused)
        {
            await rejections.NoteAsync(refused.Fault, known, cancellationToken);
            throw;
        }
    }

    private async ValueTask<ManagedClient> AuthenticateAsync(
        ManagementActs act, string? clientId, IPAddress? address, PresentedCredential bearer, CancellationToken cancellationToken)
    {
        if (!policies.Server.Management.HasFlag(act))
        {
            throw new RegistrationRefusedException(new RegistrationFault.ActNotOffered(policies.Server.Management));
        }

        var started = TimeProvider.System.GetTimestamp();
        var found = bearer.Problem is null ? await FindAsync(bearer.Value?.Reveal(), clientId, cancellationToken) : null;
        if (found is null)
        {
            var fault = await FaultOfAsync(bearer, address, cancellationToken);
            await RefusalTime.PassAsync(started, cancellationToken);
            throw new RegistrationRefusedException(fault);
        }

        return found;
    }

    /// <summary>Also to be called for a client that was read again.</summary>
    /// <exception cref="RegistrationRefusedException">An administrator stopped the client.</exception>
    public ManagedClient RequireUpdatable(ManagedClient managed) =>
        policies.For(managed.Client.AdmittedBy).UpdateWaitOf(managed.Client, time.GetUtcNow()) is not { } wait
            ? throw new RegistrationRefusedException(new RegistrationFault.UpdateForbidden(managed.Client.State))
            : wait > TimeSpan.Zero
            ? throw new RegistrationRefusedException(new RegistrationFault.UpdateForbidden(managed.Client.State, wait))
            : managed;

    /// <summary>
    /// The client that a registration access token belongs to; <see langword="null"/> if there is none, or if it is not the requested
    /// client.
    /// </summary>
    /// <param name="text">The token.</param>
    /// <param name="clientId">The requested client; <see langword="null"/> for the client of the token.</param>
    /// <param name="cancellationToken">Stops the lookup.</param>
    public async ValueTask<ManagedClient?> FindAsync(string? text, string? clientId, CancellationToken cancellationToken)
    {
        if (!LookupToken.TryRead(text, out var token))
        {
            return null;
        }

        var id = new ClientId(token.RecordId);
        var client = await store.FindAsync(id, cancellationToken);

        // All three comparisons are always made, so that the time reveals nothing.
        var isCurrent = (client?.RegistrationAccessToken?.Hash ?? SecretHash.Unmatchable).Matches(token.Hash);
        var isPrevious = (client?.RegistrationAccessToken?.Previous ?? SecretHash.Unmatchable).Matches(token.Hash);
        var isOfThisClient = clientId is null || clientId == id.ToString();
        var isGood = isCurrent || (isPrevious && time.GetUtcNow() < client?.RegistrationAccessToken?.PreviousUntil);
        return client is not null && isGood && isOfThisClient ? new ManagedClient(client, new Secret(text!), IsPrevious: !isCurrent) : null;
    }

    private async ValueTask<RegistrationFault> FaultOfAsync(
        PresentedCredential bearer, IPAddress? address, CancellationToken cancellationToken)
    {
        if (bearer.Problem is { } problem)
        {
            return new RegistrationFault.MalformedCredential(problem);
        }

        if (bearer.Value is null)
        {
            return new RegistrationFault.CredentialRequired(TokenName);
        }

        try
        {
            await limiters.FailedManagement.TakeAsync(address, cancellationToken);
            return Gone;
        }
        catch (RegistrationRefusedException refused)
        {
            return refused.Fault;
        }
    }
}

/// <summary>A client that presented its registration access token.</summary>
/// <param name="Client">The client as it was read.</param>
/// <param name="RegistrationAccessToken">The presented token.</param>
/// <param name="IsPrevious">Whether this is the previous token, which means that the response with the current one was lost.</param>
internal sealed record ManagedClient(RegisteredClient Client, Secret RegistrationAccessToken, bool IsPrevious);
