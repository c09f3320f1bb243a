using System.Diagnostics;
using GrpcDcr.Server.Errors;
using GrpcDcr.Server.Model;
using GrpcDcr.Server.Policy;
using GrpcDcr.Server.SoftwareStatements;
using GrpcDcr.Server.Syntax;
using GrpcDcr.Server.Validation;

namespace GrpcDcr.Server.Registration;

/// <summary>
/// Judges a document by everything that has a say: the software statement, the profile of its admission, the constraints, the rules, and
/// what must be fetched. Registrations, updates and previews are all validated here.
/// </summary>
internal sealed class RegistrationValidator(
    RegistrationPolicies policies, SoftwareStatementVerifier statements, RemoteDocumentValidator remote)
{
    /// <param name="asked">The document.</param>
    /// <param name="admission">How it was admitted.</param>
    /// <param name="cancellationToken">Stops what is fetched.</param>
    /// <exception cref="RegistrationRefusedException">Its software statement is not good, or missing where one is required.</exception>
    public async ValueTask<ValidatedRegistration> ValidateAsync(
        ClientMetadata asked, AdmissionDecision admission, CancellationToken cancellationToken)
    {
        var statement = await VerifiedAsync(asked.SoftwareStatement, cancellationToken);
        return await ValidateAsync(asked, admission, statement, cancellationToken);
    }

    /// <summary>
    /// An update is bounded by what admitted its client, and a client under a statement stays under one of the same issuer.
    /// </summary>
    /// <param name="asked">The new document.</param>
    /// <param name="client">The client.</param>
    /// <param name="cancellationToken">Stops what is fetched.</param>
    /// <exception cref="RegistrationRefusedException">As for a registration.</exception>
    public async ValueTask<ValidatedRegistration> ValidateUpdateAsync(
        ClientMetadata asked, RegisteredClient client, CancellationToken cancellationToken)
    {
        var admission = new AdmissionDecision(client.AdmittedBy, client.InitialAccessTokenId, client.Constraints);

        // The one it registered with was verified then, and its time may be over by now.
        var statement = asked.SoftwareStatement is { } sent && sent == client.Metadata.SoftwareStatement
            ? statements.Recall(sent)
            : await VerifiedAsync(asked.SoftwareStatement, cancellationToken);
        if (client.SoftwareStatementIssuer is { } issuer && statement?.Issuer != issuer)
        {
            throw new RegistrationRefusedException(
                statement is null ? SoftwareStatementFaults.Missing : SoftwareStatementFaults.OtherIssuer);
        }

        return await ValidateAsync(asked, admission, statement, cancellationToken);
    }

    private async ValueTask<ValidatedRegistration> ValidateAsync(
        ClientMetadata asked, AdmissionDecision admission, VerifiedSoftwareStatement? statement, CancellationToken cancellationToken)
    {
        if (statement is null && policies.For(admission.AdmittedBy).SoftwareStatementRequired)
        {
            throw new RegistrationRefusedException(SoftwareStatementFaults.Missing);
        }

        var decided = statement is null ? admission : admission with
        {
            AdmittedBy = AdmissionNames.SoftwareStatement,
            Constraints = ConstraintRules.Intersect(admission.Constraints, statement.Constraints),
        };
        var policy = policies.For(decided.AdmittedBy).Within(decided.Constraints);
        var merged = statement is null
            ? new MergedMetadata(asked with { SoftwareStatement = null }, [])
            : SoftwareStatementMerge.Merge(asked, statement);
        var result = MetadataRules.Validate(merged.Merged, policy);
        var violations = Violations.Together(merged.Violations, result.Violations);
        if (violations.Count == 0)
        {
            violations = await remote.CheckAsync(result.Registered, policy, cancellationToken);
        }

        return new ValidatedRegistration(decided, policy, result with { Violations = violations }, statement?.Issuer, statement?.Use);
    }

    /// <summary>The statement of a request, verified; <see langword="null"/> without one, and where nobody's are trusted.</summary>
    private async ValueTask<VerifiedSoftwareStatement?> VerifiedAsync(string? sent, CancellationToken cancellationToken)
    {
        if (sent is null || !statements.HasIssuers)
        {
            return null;
        }

        return await statements.VerifyAsync(sent, cancellationToken) switch
        {
            SoftwareStatementVerdict.Verified verified => verified.Statement,
            SoftwareStatementVerdict.Unapproved unapproved =>
                throw new RegistrationRefusedException(new RegistrationFault.UnapprovedSoftwareStatement(unapproved.Description)),
            SoftwareStatementVerdict.Refused refused => throw new RegistrationRefusedException(
                SoftwareStatementFaults.Invalid(refused.Description)),
            SoftwareStatementVerdict.KeysUnavailable =>
                throw new RegistrationRefusedException(new RegistrationFault.IssuerKeysUnavailable(SoftwareStatementFaults.KeysAgain)),
            var other => throw new UnreachableException($"{other.GetType().Name} is no verdict on a software statement."),
        };
    }
}

/// <summary>What a document comes to.</summary>
/// <param name="Admission">How it is admitted, with its statement taken into account.</param>
/// <param name="Policy">The policy that validated it, narrowed to its constraints.</param>
/// <param name="Result">What would be registered, and every rule it breaks.</param>
/// <param name="SoftwareStatementIssuer">Who vouches for it; <see langword="null"/> without a statement.</param>
/// <param name="SoftwareStatementUse">
/// The use of the statement that is to be spent; <see langword="null"/> where it may be used again.
/// </param>
internal sealed record ValidatedRegistration(
    AdmissionDecision Admission,
    RegistrationPolicy Policy,
    ValidationResult Result,
    string? SoftwareStatementIssuer = null,
    OneTimeUse? SoftwareStatementUse = null)
{
    public ClientMetadata Registered => Result.Registered;

    /// <summary>The state of a client that registers so.</summary>
    public ClientState FirstState => Policy.Approval == ApprovalMode.Automatic ? ClientState.Active : ClientState.Pending;
}
