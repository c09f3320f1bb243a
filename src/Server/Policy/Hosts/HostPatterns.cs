using GrpcDcr.Server.Syntax;

namespace GrpcDcr.Server.Policy.Hosts;

/// <summary>A list of host patterns. An empty list matches no host.</summary>
internal sealed class HostPatterns
{
    private readonly HostPattern[] _patterns;
    private readonly AllowedValues _text;

    private HostPatterns(IEnumerable<HostPattern> patterns)
    {
        _patterns = [.. patterns.DistinctBy(pattern => pattern.ToString())];
        _text = new AllowedValues(_patterns.Select(pattern => pattern.ToString()), StringComparer.Ordinal);
    }

    /// <summary>Each pattern once, in the order configured.</summary>
    public IReadOnlyList<HostPattern> InOrder => _patterns;

    /// <summary>Reads patterns, and adds a sentence for each one that is wrong.</summary>
    public static HostPatterns Parse(IEnumerable<string> words, List<string> faults)
    {
        var patterns = new List<HostPattern>();
        foreach (var word in words)
        {
            if (HostPattern.TryParse(word, out var pattern, out var fault))
            {
                patterns.Add(pattern);
            }
            else
            {
                faults.Add($"{Excerpt.Of(word)} {fault}.");
            }
        }

        return new HostPatterns(patterns);
    }

    /// <summary>Whether a host of a URI matches.</summary>
    public bool Match(ReadOnlySpan<char> host)
    {
        foreach (var pattern in _patterns)
        {
            if (pattern.Matches(host))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Whether every host of a pattern matches one of these.</summary>
    public bool Covers(HostPattern other) => Array.Exists(_patterns, pattern => pattern.Covers(other));

    /// <summary>The patterns as text for people, shortened if there are many.</summary>
    public override string ToString() => _text.ToString();
}
