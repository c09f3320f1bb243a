using System.Diagnostics;
using GrpcDcr.Server.Errors;
using GrpcDcr.Server.Model;
using GrpcDcr.Server.Policy;
using GrpcDcr.Server.SoftwareStatements;
using GrpcDcr.Server.Storage;
using GrpcDcr.Server.Syntax;
using GrpcDcr.Server.Validation;

namespace GrpcDcr.Server.Registration;

/// <summary>
/// Validates a document: software statement, profile, constraints, rules and remote documents. Registrations, updates and previews are all
/// validated here.
/// </summary>
internal sealed class RegistrationValidator(
    RegistrationPolicies policies,
    SoftwareStatementVerifier statements,
    RemoteDocumentValidator remote,
    BlockRuleChecks blocks,
    IClientReader store)
{
    /// <param name="asked">The document.</param>
    /// <param name="admission">How it was admitted.</param>
    /// <param name="sourceAddress">The address that it comes from; <see langword="null"/> if there is none, as in a preview.</param>
    /// <param name="cancellationToken">Stops fetches.</param>
    /// <exception cref="RegistrationRefusedException">Its software statement is invalid, or missing where one is required.</exception>
    public async ValueTask<ValidatedRegistration> ValidateAsync(
        ClientMetadata asked, AdmissionDecision admission, string? sourceAddress, CancellationToken cancellationToken)
    {
        RequireReadableStatement(asked);
        var statement = asked.SoftwareStatement is { } sent ? await VerifiedAsync(sent, cancellationToken) : null;
        return await ValidateAsync(asked, admission, statement, sourceAddress, cancellationToken);
    }

    /// <summary>
    /// Validates an update by the constraints of its client. A client with a software statement must send one of the same issuer.
    /// </summary>
    /// <param name="asked">The new document.</param>
    /// <param name="client">The client.</param>
    /// <param name="sourceAddress">The address that the update comes from.</param>
    /// <param name="cancellationToken">Stops fetches.</param>
    /// <exception cref="RegistrationRefusedException">As for a registration.</exception>
    public async ValueTask<ValidatedRegistration> ValidateUpdateAsync(
        ClientMetadata asked, RegisteredClient client, string? sourceAddress, CancellationToken cancellationToken)
    {
        RequireReadableStatement(asked);
        var admission = new AdmissionDecision(
            client.AdmittedBy, client.InitialAccessTokenId, await ConstraintsOfAsync(client, cancellationToken));

        // The statement that it registered with was verified then, and may have expired since.
        var statement = asked.SoftwareStatement is not { } sent ? null
            : sent == client.Metadata.SoftwareStatement
                ? StatementOf(await statements.VerifyRegisteredAsync(sent, cancellationToken))
            : await VerifiedAsync(sent, cancellationToken);
        if (client.SoftwareStatementIssuer is { } issuer && statement?.Issuer != issuer)
        {
            throw new RegistrationRefusedException(
                statement is null ? SoftwareStatementFaults.Missing : SoftwareStatementFaults.OtherIssuer);
        }

        return await ValidateAsync(asked, admission, statement, sourceAddress, cancellationToken);
    }

    /// <summary>
    /// The constraints that a client was admitted with. It keeps automatic approval only while the initial access token that granted it is
    /// not revoked; that of a statement issuer comes anew with the statement of the update.
    /// </summary>
    private async ValueTask<RegistrationConstraints?> ConstraintsOfAsync(RegisteredClient client, CancellationToken cancellationToken)
    {
        if (client.Constraints is not { AutomaticApproval: true } recorded)
        {
            return client.Constraints;
        }

        var token = client.InitialAccessTokenId is { } id ? await store.FindInitialAccessTokenAsync(id, cancellationToken) : null;
        return recorded with { AutomaticApproval = token is { RevokedAt: null, Constraints.AutomaticApproval: true } };
    }

    /// <summary>Without its statement the rest of a document cannot be validated: it would count as having none.</summary>
    private static void RequireReadableStatement(ClientMetadata asked)
    {
        if (asked.Unreadable.Any(violation => violation.Member == CoreMembers.SoftwareStatement))
        {
            throw new RegistrationRefusedException(new RegistrationFault.InvalidMetadata(asked.Unreadable));
        }
    }

    private async ValueTask<ValidatedRegistration> ValidateAsync(
        ClientMetadata asked,
        AdmissionDecision admission,
        VerifiedSoftwareStatement? statement,
        string? sourceAddress,
        CancellationToken cancellationToken)
    {
        if (statement is null && admission.AdmittedBy != AdmissionNames.Administrator
            && policies.For(admission.AdmittedBy).SoftwareStatementRequired)
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
            ? new MergedMetadata(asked.SoftwareStatement is null ? asked : asked with { SoftwareStatement = null }, [])
            : SoftwareStatementMerge.Merge(asked, statement);
        var result = MetadataRules.Validate(merged.Merged, policy);
        var blocked = await blocks.CheckAsync(result.Registered, sourceAddress, cancellationToken);
        var violations = Violations.Together(merged.Violations, result.Violations, blocked.Violations);
        if (violations.Count == 0)
        {
            violations = await remote.CheckAsync(result.Registered, policy, cancellationToken);
        }

        var validated = new ValidatedRegistration(
            decided, policy, result with { Violations = violations }, statement?.Issuer, statement?.Use)
        { BlockRules = blocked.Rules };
        return statement is { IsCurrent: false } || validated.HeldBy is not null
            ? validated with { Approval = ApprovalMode.Manual }
            : validated;
    }

    /// <summary>The verified statement of a request; <see langword="null"/> if no issuer is trusted.</summary>
    private async ValueTask<VerifiedSoftwareStatement?> VerifiedAsync(string sent, CancellationToken cancellationToken) =>
        statements.HasIssuers ? StatementOf(await statements.VerifyAsync(sent, cancellationToken)) : null;

    private static VerifiedSoftwareStatement? StatementOf(SoftwareStatementVerdict? verdict) => verdict switch
    {
        null => null,
        SoftwareStatementVerdict.Verified verified => verified.Statement,
        SoftwareStatementVerdict.Unapproved unapproved =>
            throw new RegistrationRefusedException(new RegistrationFault.UnapprovedSoftwareStatement(unapproved.Description)),
        SoftwareStatementVerdict.Refused refused =>
            throw new RegistrationRefusedException(SoftwareStatementFaults.Invalid(refused.Description)),
        SoftwareStatementVerdict.KeysUnavailable =>
            throw new RegistrationRefusedException(new RegistrationFault.IssuerKeysUnavailable(SoftwareStatementFaults.KeysAgain)),
        var other => throw new UnreachableException($"{other.GetType().Name} is no verdict on a software statement."),
    };
}

/// <summary>A validated registration or update.</summary>
/// <param name="Admission">How it is admitted, including its statement.</param>
/// <param name="Policy">The policy that validated it, narrowed to its constraints.</param>
/// <param name="Result">What would be registered, and every violation.</param>
/// <param name="SoftwareStatementIssuer">The issuer of its statement; <see langword="null"/> without one.</param>
/// <param name="SoftwareStatementUse">The use of the statement to be recorded; <see langword="null"/> if it can be used again.</param>
internal sealed record ValidatedRegistration(
    AdmissionDecision Admission,
    RegistrationPolicy Policy,
    ValidationResult Result,
    string? SoftwareStatementIssuer = null,
    OneTimeUse? SoftwareStatementUse = null)
{
    public ClientMetadata Registered => Result.Registered;

    /// <summary>
    /// How it is approved: as the policy says, but never automatically under a statement that could not register a client any more, and
    /// not while a block rule holds it.
    /// </summary>
    public ApprovalMode Approval { get; init; } = Policy.Approval;

    /// <summary>The block rules that match it.</summary>
    public IReadOnlyList<BlockRule> BlockRules { get; init; } = [];

    /// <summary>A block rule that holds it; <see langword="null"/> for none.</summary>
    public BlockRule? HeldBy => BlockRules.FirstOrDefault(rule => rule.Effect == BlockEffect.Hold);

    /// <summary>The first state of the client.</summary>
    public ClientState FirstState => Approval == ApprovalMode.Automatic ? ClientState.Active : ClientState.Pending;
}
