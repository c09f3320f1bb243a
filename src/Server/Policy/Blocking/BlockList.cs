using System.Net;
using GrpcDcr.Server.Model;

namespace GrpcDcr.Server.Policy.Blocking;

/// <summary>The block rules, ready to be compared with clients.</summary>
internal sealed class BlockList(IReadOnlyList<BlockRule> rules)
{
    private readonly BlockPattern[] _patterns = [.. rules.Select(rule => new BlockPattern(rule))];

    /// <summary>What these rules were made of.</summary>
    public IReadOnlyList<BlockRule> Rules => rules;

    /// <summary>Each rule in effect with each trait that it matches.</summary>
    /// <param name="metadata">The metadata of the client.</param>
    /// <param name="sourceAddress">The address that its call comes from; <see langword="null"/> if unknown.</param>
    /// <param name="now">Decides which rules have expired.</param>
    public IReadOnlyList<(BlockRule Rule, ClientTrait Trait)> Find(ClientMetadata metadata, string? sourceAddress, DateTimeOffset now)
    {
        if (_patterns.Length == 0)
        {
            return [];
        }

        var address = IPAddress.TryParse(sourceAddress, out var parsed) ? parsed : null;
        var traits = ClientTrait.Of(metadata, sourceAddress).ToList();
        return
        [
            .. from pattern in _patterns
               where pattern.Rule.IsInEffect(now)
               from trait in traits
               where pattern.Matches(trait, address)
               select (pattern.Rule, trait),
        ];
    }
}
