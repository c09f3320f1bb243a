using GrpcDcr.Server.Administration;
using GrpcDcr.Server.Errors;
using GrpcDcr.Server.Model;
using GrpcDcr.Server.Validation;

namespace GrpcDcr.Server.Registration;

/// <summary>Previews registrations. Nothing is registered, consumed or recorded.</summary>
internal sealed class RegistrationPreviews(RegistrationValidator validator, InitialAccessTokens tokens)
{
    /// <param name="asked">The document.</param>
    /// <param name="admission">How it would be admitted.</param>
    /// <param name="cancellationToken">Stops fetches.</param>
    public async Task<RegistrationPreview> PreviewAsync(
        ClientMetadata asked, AdmissionDecision admission, CancellationToken cancellationToken)
    {
        try
        {
            var validated = await validator.ValidateAsync(asked, admission, sourceAddress: null, cancellationToken);
            var fault = validated.Result.IsAcceptable ? null : new RegistrationFault.InvalidMetadata(validated.Result.Violations);
            return new RegistrationPreview(
                validated.Admission.AdmittedBy, fault, validated, MemberDifference.Between(asked, validated.Registered));
        }
        catch (RegistrationRefusedException refused) when (refused.Fault is not RegistrationFault.IssuerKeysUnavailable)
        {
            // The software statement was refused, so the rest was not validated.
            return new RegistrationPreview(admission.AdmittedBy, refused.Fault, Validated: null, []);
        }
    }

    /// <summary>How a registration with that credential would be admitted.</summary>
    /// <param name="tokenId">The issued token that it would present; empty for none.</param>
    /// <param name="withStaticToken">Whether it would present the configured token.</param>
    /// <param name="cancellationToken">Stops the lookup.</param>
    /// <exception cref="RegistrationRefusedException">There is no such token.</exception>
    public async Task<AdmissionDecision> AdmissionOfAsync(string tokenId, bool withStaticToken, CancellationToken cancellationToken)
    {
        if (tokenId.Length == 0)
        {
            return new AdmissionDecision(withStaticToken ? AdmissionNames.InitialAccessToken : AdmissionNames.Open);
        }

        var token = await tokens.GetAsync(tokenId, cancellationToken);
        return new AdmissionDecision(AdmissionNames.InitialAccessToken, token.Id, token.Constraints);
    }
}

/// <summary>The result of a preview.</summary>
/// <param name="Profile">The policy profile that validated it: one of <see cref="AdmissionNames"/>.</param>
/// <param name="Fault">The fault of the refusal; <see langword="null"/> if it would be registered.</param>
/// <param name="Validated">The validated registration; <see langword="null"/> if it was not validated.</param>
/// <param name="Changes">The members whose registered value would differ from the request.</param>
internal sealed record RegistrationPreview(
    string Profile, RegistrationFault? Fault, ValidatedRegistration? Validated, IReadOnlyList<MemberDifference> Changes);
