using System.Net;
using GrpcDcr.Server.Model;
using GrpcDcr.Server.Syntax;

namespace GrpcDcr.Server.Policy.Blocking;

/// <summary>What a block rule matches: the value of the rule, read once.</summary>
internal sealed class BlockPattern
{
    private const string Wildcard = "*.";

    private readonly BlockRule _rule;
    private readonly HashSet<string> _looks;
    private readonly IPNetwork _network;

    public BlockPattern(BlockRule rule)
    {
        _rule = rule;
        _looks = rule.Subject == BlockSubject.ClientName ? [.. ClientTrait.LooksOf(rule.Value)] : [];
        _network = rule.Subject == BlockSubject.SourceNetwork ? IPNetwork.Parse(WithPrefix(rule.Value)) : default;
    }

    public BlockRule Rule => _rule;

    /// <summary>The value as it is stored, or what is wrong with it, worded to follow its name.</summary>
    public static (string? Value, string? Fault) Read(BlockSubject subject, string text) => subject switch
    {
        BlockSubject.RedirectHost => IsHostOrBelow(text) || IsScheme(text)
            ? (text.ToLowerInvariant(), null)
            : (null, "must be a host, *.host for every name below it, or a private-use scheme with its colon"),
        BlockSubject.DocumentHost => IsHostOrBelow(text)
            ? (text.ToLowerInvariant(), null)
            : (null, "must be a host, or *.host for every name below it"),
        BlockSubject.SoftwareId => (text, null),
        BlockSubject.ClientName => ClientTrait.LooksOf(text).Any() ? (text, null) : (null, "must have a letter or digit"),
        BlockSubject.SourceNetwork => IPNetwork.TryParse(WithPrefix(text), out var network)
            ? (network.ToString(), null)
            : (null, "must be an IP address, or a network such as 203.0.113.0/24"),
        _ => (null, $"has no form for {subject}"),
    };

    /// <summary>Whether a client with this trait matches.</summary>
    /// <param name="trait">The trait.</param>
    /// <param name="address">The address that the call comes from; <see langword="null"/> if unknown.</param>
    public bool Matches(ClientTrait trait, IPAddress? address) => trait.Subject == _rule.Subject && _rule.Subject switch
    {
        BlockSubject.RedirectHost or BlockSubject.DocumentHost => MatchesHost(trait.Value),
        BlockSubject.SoftwareId => trait.Value == _rule.Value,
        BlockSubject.ClientName => ClientTrait.LooksOf(trait.Value).Any(_looks.Contains),
        BlockSubject.SourceNetwork => address is not null && _network.Contains(address),
        _ => throw new System.Diagnostics.UnreachableException($"{_rule.Subject} is no subject."),
    };

    private bool MatchesHost(string host) => _rule.Value.StartsWith(Wildcard, StringComparison.Ordinal)
        ? host.Length >= _rule.Value.Length && host.AsSpan().EndsWith(_rule.Value.AsSpan(1))
        : host == _rule.Value;

    private static bool IsHostOrBelow(string text) => text.StartsWith(Wildcard, StringComparison.Ordinal)
        ? HostSyntax.IsName(text.AsSpan(Wildcard.Length))
        : HostSyntax.IsHost(text);

    private static bool IsScheme(string text) => text.EndsWith(':') && UriSchemes.IsPrivateUseName(text.AsSpan(0, text.Length - 1));

    /// <summary>An address alone is the block that a subscriber gets.</summary>
    private static string WithPrefix(string text) => IPAddress.TryParse(text, out var address)
        ? CallerNetwork.Of(address) is var network && network.IsIPv6 ? $"{network}" : $"{network}/32"
        : text;
}
