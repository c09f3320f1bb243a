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
/// before a byte of the body is read. Unknown client, foreign token and deleted client look the same, in content and in time.
/// </summary>
internal sealed class ManagementAdmission(
    IClientReader store, RegistrationPolicies policies, RegistrationLimiters limiters, RejectionAggregator rejections, TimeProvider time)
{
    private const string TokenName = "The registration access token";

    /// <summary>What is said of a token whose client has gone, and of every other one that opens nothing.</summary>
    public static RegistrationFault Gone { get; } = new RegistrationFault.CredentialInvalid(TokenName);

    /// <summary>No refusal of a token leaves sooner. Far above what a search in the store takes, so that the time tells nothing.</summary>
    private static readonly TimeSpan RefusalTime = TimeSpan.FromMilliseconds(4);

    /// <param name="act">What the client wants to do.</param>
    /// <param name="clientId">Whom the request names; <see langword="null"/> when that is only known once it is read.</param>
    /// <param name="address">Where the call comes from.</param>
    /// <param name="bearer">The bearer token.</param>
    /// <param name="caller">For the audit log.</param>
    /// <param name="cancellationToken">Stops the search.</param>
    /// <exception cref="RegistrationRefusedException">Not admitted.</exception>
    public async ValueTask<ManagedClient> AdmitAsync(
        ManagementActs act,
        string? clientId,
        IPAddress? address,
        PresentedCredential bearer,
        Caller caller,
        CancellationToken cancellationToken)
    {
        try
        {
            return await DecideAsync(act, clientId, address, bearer, cancellationToken);
        }
        catch (RegistrationRefusedException refused)
        {
            await rejections.NoteAsync(refused.Fault, caller, cancellationToken);
            throw;
        }
    }

    private async ValueTask<ManagedClient> DecideAsync(
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
            await PassAsync(started, cancellationToken);
            throw new RegistrationRefusedException(fault);
        }

        await limiters.Management.TakeAsync(address, cancellationToken);
        return policies.For(found.Client.AdmittedBy).Management.HasFlag(act)
            ? found
            : throw new RegistrationRefusedException(new RegistrationFault.ActForbidden(act));
    }

    /// <summary>The client that a token opens; <see langword="null"/> when it opens none, or another one than is asked for.</summary>
    /// <param name="text">The token.</param>
    /// <param name="clientId">Whom the request names; <see langword="null"/> for whomever the token names.</param>
    /// <param name="cancellationToken">Stops the search.</param>
    public async ValueTask<ManagedClient?> FindAsync(string? text, string? clientId, CancellationToken cancellationToken)
    {
        if (!LookupToken.TryRead(text, out var token))
        {
            return null;
        }

        var id = new ClientId(token.RecordId);
        var client = await store.FindAsync(id, cancellationToken);

        // All three comparisons are made in every case, so that none of them shows in the time.
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

    /// <summary>Timers, unlike clocks, are not for tests to move: this is about real time.</summary>
    private static async Task PassAsync(long started, CancellationToken cancellationToken)
    {
        // Timers count by a coarser clock and may end early.
        while (RefusalTime - TimeProvider.System.GetElapsedTime(started) is var left && left > TimeSpan.Zero)
        {
            await Task.Delay(left, TimeProvider.System, cancellationToken);
        }
    }
}

/// <summary>A client that showed its registration access token.</summary>
/// <param name="Client">The client as it was then.</param>
/// <param name="RegistrationAccessToken">What it showed.</param>
/// <param name="IsPrevious">Whether that is the token before the current one, so that the answer with the current one was lost.</param>
internal sealed record ManagedClient(RegisteredClient Client, Secret RegistrationAccessToken, bool IsPrevious);
