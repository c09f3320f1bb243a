using GrpcDcr.Server.Errors;
using GrpcDcr.Server.Model;
using GrpcDcr.Server.Policy.Blocking;
using GrpcDcr.Server.Storage;
using GrpcDcr.Server.Syntax;

namespace GrpcDcr.Server.Registration;

/// <summary>Checks clients against the block rules of administrators.</summary>
internal sealed class BlockRuleChecks(IClientReader store, TimeProvider time)
{
    private volatile BlockList _list = new([]);

    /// <param name="metadata">The metadata that would be registered.</param>
    /// <param name="sourceAddress">The address that the call comes from; <see langword="null"/> if there is none, as in a preview.</param>
    /// <param name="cancellationToken">Stops the lookup.</param>
    /// <exception cref="RegistrationRefusedException">The network of the caller is blocked.</exception>
    public async ValueTask<BlockRuleResult> CheckAsync(
        ClientMetadata metadata, string? sourceAddress, CancellationToken cancellationToken)
    {
        var found = ListOf(await store.GetRegistrationStatusAsync(cancellationToken)).Find(metadata, sourceAddress, time.GetUtcNow());
        if (found.Count == 0)
        {
            return BlockRuleResult.None;
        }

        var refused = found.Where(match => match.Rule.Effect == BlockEffect.Refuse).Select(match => match.Trait).ToList();
        if (refused.Exists(trait => trait.Subject == BlockSubject.SourceNetwork))
        {
            throw new RegistrationRefusedException(new RegistrationFault.NetworkBlocked());
        }

        return new BlockRuleResult([.. refused.Distinct().Select(ViolationOf)], [.. found.Select(match => match.Rule).Distinct()]);
    }

    /// <summary>The list is compiled again when the rules are not those of the last call.</summary>
    private BlockList ListOf(RegistrationStatus status)
    {
        var list = _list;
        if (!ReferenceEquals(list.Rules, status.BlockRules))
        {
            _list = list = new BlockList(status.BlockRules);
        }

        return list;
    }

    /// <summary>The reason of the rule is for administrators, and not told.</summary>
    private static Violation ViolationOf(ClientTrait trait) => new(
        trait.Member, $"{trait.Member}{trait.Inside} has {Excerpt.Of(trait.Value)}, which is not allowed here.", trait.Inside);
}

/// <summary>What the block rules say about a client.</summary>
/// <param name="Violations">What is refused.</param>
/// <param name="Rules">The rules that match it.</param>
internal sealed record BlockRuleResult(IReadOnlyList<Violation> Violations, IReadOnlyList<BlockRule> Rules)
{
    public static BlockRuleResult None { get; } = new([], []);
}
