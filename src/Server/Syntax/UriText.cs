namespace GrpcDcr.Server.Syntax;

/// <summary>
/// The parts of a URI as they stand in its text (RFC 3986 appendix B): nothing is decoded, repaired, trimmed or folded.
/// <see cref="Uri"/> does all four, so it would validate another string than the one that is stored and compared.
/// </summary>
internal readonly ref struct UriText
{
    private UriText(ReadOnlySpan<char> scheme, ReadOnlySpan<char> afterScheme)
    {
        Scheme = scheme;
        var hierarchy = afterScheme;

        var fragment = hierarchy.IndexOf('#');
        HasFragment = fragment >= 0;
        hierarchy = HasFragment ? hierarchy[..fragment] : hierarchy;

        var query = hierarchy.IndexOf('?');
        Query = query >= 0 ? hierarchy[(query + 1)..] : default;
        hierarchy = query >= 0 ? hierarchy[..query] : hierarchy;

        HasAuthority = hierarchy.StartsWith("//");
        Path = hierarchy;
        if (HasAuthority)
        {
            hierarchy = hierarchy[2..];
            var path = hierarchy.IndexOf('/');
            Authority = path >= 0 ? hierarchy[..path] : hierarchy;
            Path = path >= 0 ? hierarchy[path..] : default;
        }

        var host = HostLength(Authority);
        Host = Authority[..host];
        AfterHost = Authority[host..];
    }

    /// <summary>Empty when there is none.</summary>
    public ReadOnlySpan<char> Scheme { get; }

    public bool HasAuthority { get; }

    public ReadOnlySpan<char> Authority { get; }

    /// <summary>With the brackets of an IP literal. Means something only where <see cref="Authority"/> has no userinfo.</summary>
    public ReadOnlySpan<char> Host { get; }

    /// <summary>What follows the host in the authority: empty, or a colon and the port.</summary>
    public ReadOnlySpan<char> AfterHost { get; }

    public ReadOnlySpan<char> Path { get; }

    public ReadOnlySpan<char> Query { get; }

    /// <summary>An empty fragment is one too.</summary>
    public bool HasFragment { get; }

    public static UriText Split(ReadOnlySpan<char> uri)
    {
        var end = uri.IndexOfAny(":/?#");
        return end >= 0 && uri[end] == ':' ? new UriText(uri[..end], uri[(end + 1)..]) : new UriText(default, uri);
    }

    private static int HostLength(ReadOnlySpan<char> authority)
    {
        var end = authority.StartsWith('[') ? authority.IndexOf(']') + 1 : authority.IndexOf(':');
        return end > 0 || authority.StartsWith(':') ? end : authority.Length;
    }
}
