namespace GrpcDcr.Server.Syntax;

/// <summary>
/// The parts of the text of a URI (RFC 3986 appendix B): nothing is decoded, repaired, trimmed or normalised. <see cref="Uri"/> does all of
/// this, so it would validate another string than the one that is stored and compared.
/// </summary>
internal readonly ref struct UriText
{
    private readonly ReadOnlySpan<char> _uri;
    private readonly UriParts _parts;

    public UriText(ReadOnlySpan<char> uri, UriParts parts)
    {
        _uri = uri;
        _parts = parts;
    }

    /// <summary>Empty when there is none.</summary>
    public ReadOnlySpan<char> Scheme => _uri[.._parts.SchemeEnd];

    public bool HasAuthority => _parts.HasAuthority;

    public ReadOnlySpan<char> Authority => _uri[_parts.AuthorityStart.._parts.AuthorityEnd];

    /// <summary>Includes the brackets of an IP literal. Valid only if <see cref="Authority"/> has no userinfo.</summary>
    public ReadOnlySpan<char> Host => _uri[_parts.AuthorityStart.._parts.HostEnd];

    /// <summary>The rest of the authority after the host: a colon and the port, or empty.</summary>
    public ReadOnlySpan<char> AfterHost => _uri[_parts.HostEnd.._parts.AuthorityEnd];

    public ReadOnlySpan<char> Path => _uri[_parts.AuthorityEnd.._parts.PathEnd];

    public ReadOnlySpan<char> Query => _parts.PathEnd < _parts.QueryEnd ? _uri[(_parts.PathEnd + 1).._parts.QueryEnd] : default;

    /// <summary>True for an empty fragment too.</summary>
    public bool HasFragment => _parts.QueryEnd < _uri.Length;

    public static UriText Split(ReadOnlySpan<char> uri) => new(uri, UriParts.Of(uri));
}

/// <summary>The positions of the parts of a URI in its text.</summary>
/// <param name="SchemeEnd">0 if there is no scheme.</param>
/// <param name="HasAuthority">Whether two slashes precede the authority.</param>
/// <param name="AuthorityStart">Where the path begins when there is no authority.</param>
/// <param name="HostEnd">Where a port would begin.</param>
/// <param name="AuthorityEnd">Where the path begins.</param>
/// <param name="PathEnd">Where the query would begin, with its question mark.</param>
/// <param name="QueryEnd">Where the fragment would begin, with its number sign.</param>
internal readonly record struct UriParts(
    int SchemeEnd, bool HasAuthority, int AuthorityStart, int HostEnd, int AuthorityEnd, int PathEnd, int QueryEnd)
{
    public static UriParts Of(ReadOnlySpan<char> uri)
    {
        var schemeEnd = uri.IndexOfAny(":/?#") is var first and >= 0 && uri[first] == ':' ? first : -1;
        var start = schemeEnd + 1;
        var queryEnd = End(uri, start, uri.Length, '#');
        var pathEnd = End(uri, start, queryEnd, '?');
        if (!uri[start..pathEnd].StartsWith("//"))
        {
            return new UriParts(Math.Max(schemeEnd, 0), false, start, start, start, pathEnd, queryEnd);
        }

        var authorityEnd = End(uri, start + 2, pathEnd, '/');
        var host = HostLength(uri[(start + 2)..authorityEnd]);
        return new UriParts(Math.Max(schemeEnd, 0), true, start + 2, start + 2 + host, authorityEnd, pathEnd, queryEnd);
    }

    private static int End(ReadOnlySpan<char> uri, int start, int end, char delimiter) =>
        uri[start..end].IndexOf(delimiter) is var at and >= 0 ? start + at : end;

    private static int HostLength(ReadOnlySpan<char> authority)
    {
        var end = authority.StartsWith('[') ? authority.IndexOf(']') + 1 : authority.IndexOf(':');
        return end > 0 || authority.StartsWith(':') ? end : authority.Length;
    }
}
