using GrpcDcr.Server.Model;
using GrpcDcr.Server.Registration.Admission;
using GrpcDcr.Server.Registration.Rules;

namespace GrpcDcr.Server.Registration;

/// <summary>Says what would happen to a document, and why. Nothing is registered, spent or recorded.</summary>
internal sealed class RegistrationPreviews(RegistrationJudge judge, InitialAccessTokens tokens)
{
    /// <param name="asked">The document.</param>
    /// <param name="admission">How it would be admitted.</param>
    /// <param name="cancellationToken">Stops what is fetched.</param>
    public async Task<RegistrationPreview> PreviewAsync(
        ClientMetadata asked, AdmissionDecision admission, CancellationToken cancellationToken)
    {
        try
        {
            var judged = await judge.JudgeAsync(asked, admission, cancellationToken);
            var fault = judged.Judgement.IsAcceptable ? null : new RegistrationFault.InvalidMetadata(judged.Judgement.Violations);
            return new RegistrationPreview(
                judged.Admission.AdmittedBy, fault, judged, MetadataMembers.Differences(asked, judged.Registered));
        }
        catch (RegistrationRefusedException refused) when (refused.Fault is not RegistrationFault.Unavailable)
        {
            // The software statement was not good: nothing behind it was judged.
            return new RegistrationPreview(admission.AdmittedBy, refused.Fault, Judged: null, []);
        }
    }

    /// <summary>How a registration with that credential would be admitted.</summary>
    /// <param name="tokenId">The issued token it would present; empty for none.</param>
    /// <param name="withStaticToken">Whether it would present the static token.</param>
    /// <param name="cancellationToken">Stops the lookup.</param>
    /// <exception cref="RegistrationRefusedException">There is no such token.</exception>
    public async Task<AdmissionDecision> AdmissionOfAsync(string tokenId, bool withStaticToken, CancellationToken cancellationToken)
    {
        if (tokenId.Length == 0)
        {
            return new AdmissionDecision(withStaticToken ? AdmissionNames.InitialAccessToken : AdmissionNames.Open);
        }

        var token = await tokens.GetAsync(tokenId, cancellationToken);
        return new AdmissionDecision(AdmissionNames.InitialAccessToken, token.Id, token.Ceiling);
    }
}

/// <summary>What would happen to a document.</summary>
/// <param name="Profile">The policy profile that judged it: one of <see cref="AdmissionNames"/>.</param>
/// <param name="Fault">What it would be refused with; <see langword="null"/> when it would be registered.</param>
/// <param name="Judged">What it comes to; <see langword="null"/> when it was not looked at.</param>
/// <param name="Changes">The members that would be registered otherwise than asked for.</param>
internal sealed record RegistrationPreview(
    string Profile, RegistrationFault? Fault, Judged? Judged, IReadOnlyList<MemberDifference> Changes);
