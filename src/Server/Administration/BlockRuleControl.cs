using System.Diagnostics;
using GrpcDcr.Server.Audit;
using GrpcDcr.Server.Errors;
using GrpcDcr.Server.Model;
using GrpcDcr.Server.Policy.Blocking;
using GrpcDcr.Server.Storage;

namespace GrpcDcr.Server.Administration;

/// <summary>The block rules, which administrators create and delete while the service runs.</summary>
internal sealed class BlockRuleControl(IRegistrationStore store, AuditedAct audited, TimeProvider time)
{
    /// <summary>The rules that have not expired, oldest first.</summary>
    public async Task<IReadOnlyList<BlockRule>> ListAsync(CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        return [.. (await store.GetRegistrationStatusAsync(cancellationToken)).BlockRules.Where(rule => rule.IsInEffect(now))];
    }

    /// <exception cref="RegistrationRefusedException">A field is wrong, or there is no room for another rule.</exception>
    public Task<BlockRule> CreateAsync(BlockRuleRequest asked, ActRequest request, CancellationToken cancellationToken) => audited.RunAsync(
        AuditEventType.BlockRuleCreated,
        clientId: null,
        request,
        async attempted =>
        {
            var rule = BlockRuleRequestRules.Create(asked, request, attempted.Time);
            var created = attempted with { Detail = new AuditDetail.OfBlockRule(rule) };
            return await store.AddBlockRuleAsync(rule, created, cancellationToken) switch
            {
                AddBlockRuleOutcome.Added => rule,
                AddBlockRuleOutcome.TooMany => throw new RegistrationRefusedException(new RegistrationFault.TooManyBlockRules()),
                var outcome => throw new UnreachableException($"Creating a block rule ended as {outcome}."),
            };
        },
        cancellationToken);

    /// <exception cref="RegistrationRefusedException">The rule does not exist.</exception>
    public Task<BlockRule> DeleteAsync(string id, ActRequest request, CancellationToken cancellationToken) => audited.RunAsync(
        AuditEventType.BlockRuleDeleted,
        clientId: null,
        request,
        async attempted =>
        {
            Reasons.Check(request);
            var rules = (await store.GetRegistrationStatusAsync(cancellationToken)).BlockRules;
            var deleted = rules.FirstOrDefault(rule => rule.Id.ToString() == id)
                ?? throw new RegistrationRefusedException(new RegistrationFault.BlockRuleNotFound());
            var recorded = attempted with { Detail = new AuditDetail.OfBlockRule(deleted) };
            return await store.RemoveBlockRuleAsync(deleted.Id, recorded, cancellationToken) == RemoveOutcome.Removed
                ? deleted
                : throw new RegistrationRefusedException(new RegistrationFault.BlockRuleNotFound());
        },
        cancellationToken);

    /// <summary>Creates rules for what a client has, except those that are there already.</summary>
    /// <param name="client">The client.</param>
    /// <param name="subjects">What of the client to block.</param>
    /// <param name="request">Actor and reason; its etag must be that of the client.</param>
    /// <param name="cancellationToken">Stops before the next rule is created.</param>
    /// <exception cref="RegistrationRefusedException">The client does not have one of them; nothing was created.</exception>
    public async Task BlockAsync(
        RegisteredClient client, IReadOnlyList<BlockSubject> subjects, ActRequest request, CancellationToken cancellationToken)
    {
        Etag.Check(request, client);
        var traits = ClientTrait.Of(client.Latest, client.SourceAddress).Where(trait => !trait.IsCommon).ToList();
        Reasons.Check(request, isNeeded: true);
        var missing = subjects.Where(subject => !traits.Exists(trait => trait.Subject == subject)).Select(BlockSubjects.NameOf).ToList();
        if (missing.Count > 0)
        {
            throw new RegistrationRefusedException(new RegistrationFault.InvalidArgument(
                "block", $"The client has no {string.Join(" and no ", missing)} that can be blocked."));
        }

        var known = await ListAsync(cancellationToken);
        foreach (var (subject, value) in traits
            .Where(trait => subjects.Contains(trait.Subject))
            .Select(trait => (trait.Subject, trait.Value))
            .Except(known.Select(rule => (rule.Subject, rule.Value))))
        {
            await CreateAsync(new BlockRuleRequest(subject, value, Effect: null, ExpiresAt: null), request, cancellationToken);
        }
    }
}

/// <summary>A request to create a block rule.</summary>
/// <param name="Subject">What it looks at; <see langword="null"/> if the request does not say.</param>
/// <param name="Value">The host, identifier, name or network.</param>
/// <param name="Effect">What it does; <see langword="null"/> for the default of the subject.</param>
/// <param name="ExpiresAt">When it stops; <see langword="null"/> for never.</param>
internal sealed record BlockRuleRequest(BlockSubject? Subject, string Value, BlockEffect? Effect, DateTimeOffset? ExpiresAt);
