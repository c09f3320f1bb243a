using System.Net;
using System.Threading.RateLimiting;
using GrpcDcr.Server.Model;

namespace GrpcDcr.Server.Registration.Admission;

/// <summary>
/// Decides whether a registration may be read at all: rate limit, then whether registration is enabled, then the token. It sees
/// nothing of the request but where it comes from and its credential, so it can decide before a byte of the body is read.
/// </summary>
internal sealed class RegistrationGate(AdmissionOptions options, PartitionedRateLimiter<IPAddress> limiter, RefusalLedger refusals)
{
    private const string TokenName = "The initial access token";

    private readonly SecretHash? token = options.Token.Length == 0 ? null : SecretHash.Of(options.Token);

    /// <param name="address">Where the call comes from; all calls from nowhere share one budget.</param>
    /// <param name="bearer">The bearer token.</param>
    /// <param name="caller">For the audit log.</param>
    /// <param name="cancellationToken">Stops waiting for a shared limiter.</param>
    /// <exception cref="RegistrationRefusedException">Not admitted.</exception>
    public async ValueTask<AdmissionDecision> AdmitAsync(
        IPAddress? address, PresentedToken bearer, Caller caller, CancellationToken cancellationToken)
    {
        using var lease = await limiter.AcquireAsync(address ?? IPAddress.None, 1, cancellationToken);
        var fault = Judge(lease, bearer);
        if (fault is null)
        {
            return new AdmissionDecision(token is null ? AdmissionNames.Open : AdmissionNames.InitialAccessToken);
        }

        await refusals.NoteAsync(fault, caller, cancellationToken);
        throw new RegistrationRefusedException(fault);
    }

    private RegistrationFault? Judge(RateLimitLease lease, PresentedToken bearer)
    {
        if (!lease.IsAcquired)
        {
            lease.TryGetMetadata(MetadataName.RetryAfter, out var retryAfter);
            return new RegistrationFault.TooManyRequests(retryAfter);
        }

        if (!options.Enabled)
        {
            return new RegistrationFault.RegistrationNotSupported();
        }

        if (bearer.Problem is { } problem)
        {
            return new RegistrationFault.MalformedCredential(problem);
        }

        return (token, bearer.Value) switch
        {
            (null, null) => null,

            // A bad token is an error even where none is needed: whoever sends one relies on it (RFC 6750 section 3.1).
            (null, not null) => new RegistrationFault.TokenInvalid(TokenName),
            (not null, null) => new RegistrationFault.TokenRequired(TokenName),
            _ => token.Matches(bearer.Value!) ? null : new RegistrationFault.TokenInvalid(TokenName),
        };
    }
}
