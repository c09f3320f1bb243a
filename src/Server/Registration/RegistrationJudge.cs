using GrpcDcr.Server.Model;
using GrpcDcr.Server.Registration.Admission;
using GrpcDcr.Server.Registration.Policy;
using GrpcDcr.Server.Registration.Rules;

namespace GrpcDcr.Server.Registration;

/// <summary>
/// Judges a document by everything that has a say: the software statement, the profile of its admission, the ceilings, the rules, and what
/// must be fetched. Registrations, updates and previews are all judged here.
/// </summary>
internal sealed class RegistrationJudge(RegistrationPolicies policies)
{
    /// <param name="asked">The document.</param>
    /// <param name="admission">How it was admitted; for an update, how its client was.</param>
    /// <param name="cancellationToken">Stops what is fetched.</param>
    /// <exception cref="RegistrationRefusedException">Its software statement is not good.</exception>
    public ValueTask<Judged> JudgeAsync(ClientMetadata asked, AdmissionDecision admission, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var policy = policies.For(admission.AdmittedBy).Within(admission.Ceiling);
        return ValueTask.FromResult(new Judged(admission, policy, MetadataRules.Judge(asked with { SoftwareStatement = null }, policy)));
    }

    /// <summary>An update is bounded by what admitted its client.</summary>
    /// <param name="asked">The new document.</param>
    /// <param name="client">The client.</param>
    /// <param name="cancellationToken">Stops what is fetched.</param>
    public ValueTask<Judged> JudgeUpdateAsync(ClientMetadata asked, RegisteredClient client, CancellationToken cancellationToken) =>
        JudgeAsync(asked, new AdmissionDecision(client.AdmittedBy, client.AdmittedWith, client.Ceiling), cancellationToken);
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
