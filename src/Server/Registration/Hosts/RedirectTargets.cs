using GrpcDcr.Server.Registration.Policy;
using GrpcDcr.Server.Registration.Rules;

namespace GrpcDcr.Server.Registration.Hosts;

/// <summary>
/// Where redirect URIs may lead: hosts, <c>localhost</c> for http on the client's own machine, and private-use schemes, each with its
/// colon.
/// </summary>
internal sealed class RedirectTargets
{
    private readonly HostPatterns hosts;
    private readonly AllowedValues schemes;
    private readonly AllowedValues all;

    private RedirectTargets(HostPatterns hosts, AllowedValues schemes)
    {
        this.hosts = hosts;
        this.schemes = schemes;
        all = new AllowedValues(
            [.. hosts.InOrder.Select(pattern => pattern.ToString()), .. schemes.InOrder.Select(scheme => scheme + ":")], StringComparer.Ordinal);
    }

    public bool IsEmpty => all.InOrder.Count == 0;

    /// <summary>Reads <c>claude.ai *.claude.com localhost cursor:</c>, and adds a sentence for each word that is wrong.</summary>
    public static RedirectTargets Parse(IEnumerable<string> words, List<string> faults)
    {
        var apart = words.ToLookup(IsScheme);
        var schemes = apart[true].Select(word => word[..^1]).ToList();
        foreach (var scheme in schemes.Where(scheme => !UriSchemes.IsPrivateUseName(scheme)))
        {
            faults.Add($"{Excerpt.Of(scheme + ":")} is no private-use scheme; it is neither http, https nor a dangerous one.");
        }

        return new RedirectTargets(HostPatterns.Parse(apart[false], faults), new AllowedValues(schemes, StringComparer.OrdinalIgnoreCase));
    }

    /// <summary>Whether a redirect URI leads to one of these.</summary>
    public bool Allow(string redirectUri)
    {
        var target = RedirectTarget.Of(redirectUri);
        return IsScheme(target) ? schemes.Contains(target.AsSpan()[..^1]) : hosts.Match(target);
    }

    /// <summary>Those of the targets that others have too, as they are written.</summary>
    public IReadOnlyList<string> Within(RedirectTargets others) =>
    [
        .. hosts.InOrder.Where(others.hosts.Covers).Select(pattern => pattern.ToString()),
        .. others.hosts.InOrder.Where(pattern => hosts.Covers(pattern) && !hosts.InOrder.Any(own => own.ToString() == pattern.ToString()))
            .Select(pattern => pattern.ToString()),
        .. schemes.InOrder.Where(others.schemes.Contains).Select(scheme => scheme + ":"),
    ];

    /// <summary>The targets for a reader, cut short where they are many.</summary>
    public override string ToString() => all.ToString();

    private static bool IsScheme(string word) => word.EndsWith(':') && !word.EndsWith("::", StringComparison.Ordinal);
}
