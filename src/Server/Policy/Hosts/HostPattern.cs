using System.Diagnostics.CodeAnalysis;
using System.Text;
using GrpcDcr.Server.Syntax;

namespace GrpcDcr.Server.Policy.Hosts;

/// <summary>
/// The hosts of one policy entry: <c>example.com</c> is only that host; <c>*.example.com</c> is every name below it at any depth, but not
/// itself. Addresses and <c>localhost</c> are only themselves. Hosts compare without case (RFC 3986 section 3.2.2).
/// </summary>
internal sealed class HostPattern
{
    private const string Wildcard = "*.";
    private const StringComparison IgnoringCase = StringComparison.OrdinalIgnoreCase;

    private readonly string _text;

    private HostPattern(string text) => _text = text;

    private bool IsWildcard => _text.StartsWith(Wildcard, StringComparison.Ordinal);

    /// <summary>The common ending of the hosts of a wildcard, including its dot.</summary>
    private ReadOnlySpan<char> Ending => _text.AsSpan(1);

    /// <summary>Reads a pattern, or returns what is wrong with the text, worded to follow it.</summary>
    public static bool TryParse(string text, [NotNullWhen(true)] out HostPattern? pattern, [NotNullWhen(false)] out string? fault)
    {
        fault = text.StartsWith(Wildcard, StringComparison.Ordinal) ? WildcardFault(text[Wildcard.Length..]) : HostFault(text);
        pattern = fault is null ? new HostPattern(text.ToLowerInvariant()) : null;
        return pattern is not null;
    }

    /// <summary>Whether a host of a URI matches.</summary>
    public bool Matches(ReadOnlySpan<char> host) =>
        IsWildcard ? IsBelow(host) && HostSyntax.IsName(host) : host.Equals(_text, IgnoringCase);

    /// <summary>Whether every host of another pattern matches this one too.</summary>
    public bool Covers(HostPattern other) => other._text == _text || (IsWildcard && IsBelow(other._text));

    /// <summary>The pattern in lower case.</summary>
    public override string ToString() => _text;

    private bool IsBelow(ReadOnlySpan<char> host) => host.Length > Ending.Length && host.EndsWith(Ending, IgnoringCase);

    private static string? HostFault(string host) =>
        SyntaxFault(host)
        ?? (PublicSuffixList.Shipped.IsRegistrySuffix(host)
            ? "is a public suffix, below which anyone can register names; name a host"
            : null);

    private static string? WildcardFault(string name) =>
        SyntaxFault(name)
        ?? (!HostSyntax.IsName(name) ? "is a wildcard before an IP address; a wildcard is only allowed before a name"
            : PublicSuffixList.Shipped.IsPublicSuffix(name)
                ? "is a wildcard directly under a public suffix, where anyone can register names; add the registered label"
            : PublicSuffixList.Shipped.HasSuffixBelow(name)
                ? "is a wildcard with public suffixes below it, where anyone can register names; name the hosts"
            : null);

    private static string? SyntaxFault(string host) =>
        HostSyntax.IsHost(host) ? null
        : host.Contains('*') ? "has an asterisk that is not the whole first label, as in *.example.com"
        : host.Contains('/') ? "is a URI or path; a pattern is only a host, such as example.com"
        : IsAddress(host) ? "is not an IP address in URI form; write four decimal numbers, or IPv6 in brackets"
        : host.Contains(':') ? "has a port; a pattern is only a host and covers every port"
        : !Ascii.IsValid(host) ? "is not ASCII; write an internationalized name in its xn-- form"
        : "is not a host; allowed are a name such as example.com, *.example.com, localhost and an IP address";

    private static bool IsAddress(string host) => host.Count(':') > 1 || host.StartsWith('[');
}
