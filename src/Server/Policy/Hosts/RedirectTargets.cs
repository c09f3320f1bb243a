using GrpcDcr.Server.Model;
using GrpcDcr.Server.Syntax;

namespace GrpcDcr.Server.Policy.Hosts;

/// <summary>
/// Targets of redirect URIs: hosts, <c>localhost</c> for http on the client's machine, and private-use schemes with their colon.
/// </summary>
internal sealed class RedirectTargets
{
    private readonly HostPatterns _hosts;
    private readonly AllowedValues _schemes;
    private readonly AllowedValues _all;

    private RedirectTargets(HostPatterns hosts, AllowedValues schemes)
    {
        _hosts = hosts;
        _schemes = schemes;
        _all = new AllowedValues(
            [.. hosts.InOrder.Select(pattern => pattern.ToString()), .. schemes.InOrder.Select(scheme => scheme + ":")],
            StringComparer.Ordinal);
    }

    public bool IsEmpty => _all.InOrder.Count == 0;

    /// <summary>Reads <c>claude.ai *.claude.com localhost cursor:</c>, and adds a sentence for each word that is wrong.</summary>
    public static RedirectTargets Parse(IEnumerable<string> words, List<string> faults)
    {
        var apart = words.ToLookup(IsScheme);
        var schemes = apart[true].Select(word => word[..^1]).ToList();
        foreach (var scheme in schemes.Where(scheme => !UriSchemes.IsPrivateUseName(scheme)))
        {
            faults.Add($"{Excerpt.Of(scheme + ":")} is not a private-use scheme; http, https and dangerous schemes are none.");
        }

        return new RedirectTargets(HostPatterns.Parse(apart[false], faults), new AllowedValues(schemes, StringComparer.OrdinalIgnoreCase));
    }

    /// <summary>Whether the target of a redirect URI is one of these.</summary>
    public bool Allow(RedirectUri uri) => IsScheme(uri.Target) ? _schemes.Contains(uri.Target.AsSpan()[..^1]) : _hosts.Match(uri.Target);

    /// <summary>The targets that are also covered by others, as written.</summary>
    public IReadOnlyList<string> Within(RedirectTargets others) =>
    [
        .. _hosts.InOrder.Where(others._hosts.Covers).Select(pattern => pattern.ToString()),
        .. others._hosts.InOrder.Where(
            pattern => _hosts.Covers(pattern) && !_hosts.InOrder.Any(own => own.ToString() == pattern.ToString()))
            .Select(pattern => pattern.ToString()),
        .. _schemes.InOrder.Where(others._schemes.Contains).Select(scheme => scheme + ":"),
    ];

    /// <summary>The targets as text for people, shortened if there are many.</summary>
    public override string ToString() => _all.ToString();

    private static bool IsScheme(string word) => word.EndsWith(':') && !word.EndsWith("::", StringComparison.Ordinal);
}
