using System.Net;
using GrpcDcr.Server.Credentials;
using GrpcDcr.Server.Errors;
using GrpcDcr.Server.Model;
using GrpcDcr.Server.Storage;
using GrpcDcr.Server.Syntax;

namespace GrpcDcr.Server.Admission;

/// <summary>
/// Decides whether a registration is admitted: whether registration is enabled and open, and whether the initial access token is valid. It
/// uses only the credential, so it can decide before the body is read.
/// </summary>
internal sealed class RegistrationAdmission(
    AdmissionOptions options, IClientReader store, FailedCredentials failed, TimeProvider time)
{
    private const string TokenName = "The initial access token";

    private readonly SecretHash? _staticToken = options.Token.Length == 0 ? null : SecretHash.Of(options.Token);

    /// <param name="bearer">The bearer token.</param>
    /// <param name="address">The address of the caller.</param>
    /// <param name="caller">For the audit log.</param>
    /// <param name="cancellationToken">Stops the lookup of an issued token.</param>
    /// <exception cref="RegistrationRefusedException">Not admitted.</exception>
    public async ValueTask<AdmissionDecision> AdmitAsync(
        PresentedCredential bearer, IPAddress? address, Caller caller, CancellationToken cancellationToken)
    {
        try
        {
            if (!options.Enabled || (await store.GetRegistrationStatusAsync(cancellationToken)).Closed)
            {
                throw new RegistrationRefusedException(new RegistrationFault.RegistrationDisabled(IsClosed: options.Enabled));
            }

            return await DecideAsync(bearer, cancellationToken);
        }
        catch (RegistrationRefusedException refused)
        {
            throw new RegistrationRefusedException(
                await failed.CountRegistrationAsync(refused.Fault, address, caller, cancellationToken));
        }
    }

    private async ValueTask<AdmissionDecision> DecideAsync(PresentedCredential bearer, CancellationToken cancellationToken)
    {
        if (bearer.Problem is { } problem)
        {
            throw new RegistrationRefusedException(new RegistrationFault.MalformedCredential(problem));
        }

        if (bearer.Value?.Reveal() is not { } token)
        {
            return options.RequiresToken
                ? throw new RegistrationRefusedException(new RegistrationFault.CredentialRequired(TokenName))
                : new AdmissionDecision(AdmissionNames.Open);
        }

        // An invalid token is an error even where none is required, because a caller that sends one relies on it (RFC 6750 section 3.1).
        if (_staticToken?.Matches(token) == true)
        {
            return new AdmissionDecision(AdmissionNames.InitialAccessToken);
        }

        return await FindIssuedAsync(token, cancellationToken) is { } issued && issued.IsUsable(time.Now())
            ? new AdmissionDecision(AdmissionNames.InitialAccessToken, issued.Id, issued.Constraints)
            : throw new RegistrationRefusedException(new RegistrationFault.CredentialInvalid(TokenName));
    }

    private async ValueTask<InitialAccessToken?> FindIssuedAsync(string text, CancellationToken cancellationToken)
    {
        if (!LookupToken.TryRead(text, out var token))
        {
            return null;
        }

        var issued = await store.FindInitialAccessTokenAsync(new InitialAccessTokenId(token.RecordId), cancellationToken);
        return (issued?.Hash ?? SecretHash.Unmatchable).Matches(token.Hash) ? issued : null;
    }
}
