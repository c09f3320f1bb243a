using GrpcDcr.Server.Model;
using GrpcDcr.Server.Registration.Admission;
using GrpcDcr.Server.Registration.Policy;
using GrpcDcr.Server.Registration.Rules;
using GrpcDcr.Server.Registration.Statements;

namespace GrpcDcr.Server.Registration;

/// <summary>
/// Judges a document by everything that has a say: the software statement, the profile of its admission, the ceilings, the rules, and what
/// must be fetched. Registrations, updates and previews are all judged here.
/// </summary>
internal sealed class RegistrationJudge(RegistrationPolicies policies, SoftwareStatementVerifier statements, RemoteMembers remote)
{
    /// <param name="asked">The document.</param>
    /// <param name="admission">How it was admitted.</param>
    /// <param name="cancellationToken">Stops what is fetched.</param>
    /// <exception cref="RegistrationRefusedException">Its software statement is not good, or missing where one is required.</exception>
    public async ValueTask<Judged> JudgeAsync(ClientMetadata asked, AdmissionDecision admission, CancellationToken cancellationToken)
    {
        var statement = await VerifiedAsync(asked.SoftwareStatement, cancellationToken);
        return await JudgeAsync(asked, admission, statement, cancellationToken);
    }

    /// <summary>An update is bounded by what admitted its client, and a client under a statement stays under one of the same issuer.</summary>
    /// <param name="asked">The new document.</param>
    /// <param name="client">The client.</param>
    /// <param name="cancellationToken">Stops what is fetched.</param>
    /// <exception cref="RegistrationRefusedException">As for a registration.</exception>
    public async ValueTask<Judged> JudgeUpdateAsync(ClientMetadata asked, RegisteredClient client, CancellationToken cancellationToken)
    {
        var admission = new AdmissionDecision(client.AdmittedBy, client.AdmittedWith, client.Ceiling);

        // The one it registered with was verified then, and its time may be over by now.
        var statement = asked.SoftwareStatement is { } sent && sent == client.Metadata.SoftwareStatement
            ? statements.Recall(sent)
            : await VerifiedAsync(asked.SoftwareStatement, cancellationToken);
        if (client.StatementIssuer is { } issuer && statement?.Issuer != issuer)
        {
            throw new RegistrationRefusedException(statement is null ? StatementFaults.Missing : StatementFaults.OtherIssuer);
        }

        return await JudgeAsync(asked, admission, statement, cancellationToken);
    }

    private async ValueTask<Judged> JudgeAsync(
        ClientMetadata asked, AdmissionDecision admission, VerifiedStatement? statement, CancellationToken cancellationToken)
    {
        if (statement is null && policies.For(admission.AdmittedBy).StatementRequired)
        {
            throw new RegistrationRefusedException(StatementFaults.Missing);
        }

        var decided = statement is null ? admission : admission with
        {
            AdmittedBy = AdmissionNames.SoftwareStatement,
            Ceiling = Ceilings.Both(admission.Ceiling, statement.Ceiling),
        };
        var policy = policies.For(decided.AdmittedBy).Within(decided.Ceiling);
        var merged = statement is null
            ? new MergedMetadata(asked with { SoftwareStatement = null }, [])
            : StatementMerge.Merge(asked, statement);
        var judgement = MetadataRules.Judge(merged.Merged, policy);
        var violations = Violations.Together(merged.Violations, judgement.Violations);
        if (violations.Count == 0)
        {
            violations = await remote.CheckAsync(judgement.Registered, policy, cancellationToken);
        }

        return new Judged(decided, policy, judgement with { Violations = violations }, statement?.Issuer, statement?.Use);
    }

    /// <summary>The statement of a request, verified; <see langword="null"/> without one, and where nobody's are trusted.</summary>
    private async ValueTask<VerifiedStatement?> VerifiedAsync(string? sent, CancellationToken cancellationToken)
    {
        if (sent is null || !statements.HasIssuers)
        {
            return null;
        }

        return await statements.VerifyAsync(sent, cancellationToken) switch
        {
            StatementVerdict.Verified verified => verified.Statement,
            StatementVerdict.Unapproved unapproved =>
                throw new RegistrationRefusedException(new RegistrationFault.UnapprovedStatement(unapproved.Description)),
            StatementVerdict.Refused refused => throw new RegistrationRefusedException(StatementFaults.Invalid(refused.Description)),
            _ => throw new RegistrationRefusedException(new RegistrationFault.Unavailable(StatementFaults.KeysAgain)),
        };
    }
}

/// <summary>What a document comes to.</summary>
/// <param name="Admission">How it is admitted, with its statement taken into account.</param>
/// <param name="Policy">The policy that judged it, narrowed to its ceilings.</param>
/// <param name="Judgement">What would be registered, and every rule it breaks.</param>
/// <param name="StatementIssuer">Who vouches for it; <see langword="null"/> without a statement.</param>
/// <param name="StatementUse">The use of the statement that is to be spent; <see langword="null"/> where it may be used again.</param>
internal sealed record Judged(
    AdmissionDecision Admission,
    RegistrationPolicy Policy,
    MetadataJudgement Judgement,
    string? StatementIssuer = null,
    StatementUse? StatementUse = null)
{
    public ClientMetadata Registered => Judgement.Registered;

    /// <summary>The state of a client that registers so.</summary>
    public ClientState FirstState => Policy.Approval == ApprovalMode.Automatic ? ClientState.Active : ClientState.Pending;
}
