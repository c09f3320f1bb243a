using System.Buffers;
using System.Globalization;

namespace GrpcDcr.Server.Syntax;

/// <summary>
/// Checks of the text of a URI. Each check returns what is wrong, worded to follow the URI in a sentence, or <see langword="null"/>.
/// </summary>
internal static class UriSyntax
{
    /// <summary>The characters of RFC 3986: printable ASCII less <c>" &lt; &gt; \ ^ ` { | }</c>.</summary>
    private static readonly SearchValues<char> Characters = SearchValues.Create(
        "!#$%&'()*+,-./0123456789:;=?@ABCDEFGHIJKLMNOPQRSTUVWXYZ[]_abcdefghijklmnopqrstuvwxyz~");

    internal static string? LengthFault(ReadOnlySpan<char> uri, int longest) => uri.Length > longest
        ? string.Create(CultureInfo.InvariantCulture, $"is {uri.Length} characters long; at most {longest} are allowed")
        : null;

    internal static string? CharacterFault(ReadOnlySpan<char> uri)
    {
        if (uri.ContainsAnyExcept(Characters))
        {
            return "has a character that no URI may have (RFC 3986 section 2); encode it as a percent sign and two hex digits";
        }

        for (var at = uri.IndexOf('%'); at >= 0; at = Next(uri, at))
        {
            if (!byte.TryParse(uri.Slice(at + 1, Math.Min(2, uri.Length - at - 1)), NumberStyles.AllowHexSpecifier, null, out var octet)
                || uri.Length - at < 3)
            {
                return "has a percent sign without two hex digits after it (RFC 3986 section 2.1)";
            }

            if (octet is < 0x20 or 0x7F or (byte)'\\')
            {
                return "has an encoded control character or backslash; neither is allowed";
            }
        }

        return null;

        static int Next(ReadOnlySpan<char> text, int from)
        {
            var offset = text[(from + 1)..].IndexOf('%');
            return offset < 0 ? -1 : from + 1 + offset;
        }
    }

    /// <summary>For http and https: browsers agree on the authority only if it is simple.</summary>
    internal static string? AuthorityFault(UriText uri)
    {
        if (!uri.HasAuthority || uri.Authority.IsEmpty)
        {
            return "has no host; two slashes and a host must follow the scheme";
        }

        if (uri.Authority.Contains('@'))
        {
            return "has userinfo before its host; none is allowed";
        }

        if (!HostSyntax.IsHost(uri.Host))
        {
            return "has a host that is neither a DNS name, nor a dotted IPv4 address, nor an IPv6 address in brackets";
        }

        return uri.AfterHost.IsEmpty || IsPort(uri.AfterHost)
            ? null
            : "has an invalid port; a port is 1 to 65535 without leading zeros";
    }

    /// <summary>Whether a text is a colon and a port, 1 to 65535.</summary>
    internal static bool IsPort(ReadOnlySpan<char> text) =>
        text.Length is >= 2 and <= 6
        && text[0] == ':'
        && text[1] != '0'
        && !text[1..].ContainsAnyExceptInRange('0', '9')
        && int.Parse(text[1..], NumberStyles.None, CultureInfo.InvariantCulture) <= 65535;

    /// <summary>
    /// Segments of one or two dots, also encoded or with parameters (<c>..;</c>): parsers remove them in different ways.
    /// </summary>
    internal static string? PathFault(ReadOnlySpan<char> path)
    {
        var (length, dots) = (0, 0);
        for (var i = 0; i <= path.Length; i++)
        {
            var character = i < path.Length ? Decoded(path, ref i) : '/';
            if (character is '/' or ';' && length is 1 or 2 && dots == length)
            {
                return "has a dot segment in its path; none is allowed, encoded or not";
            }

            (length, dots) = character == '/' ? (0, 0) : (length + 1, dots + (character == '.' ? 1 : 0));
        }

        return null;
    }

    /// <summary>Brackets belong to IPv6 addresses only (RFC 3986 sections 3.3 and 3.4).</summary>
    internal static string? BracketFault(UriText uri) => uri.Path.ContainsAny('[', ']') || uri.Query.ContainsAny('[', ']')
        ? "has a bracket in its path or query; encode it as %5B or %5D (RFC 3986 sections 3.3 and 3.4)"
        : null;

    /// <summary>The character at <paramref name="at"/>; an encoded dot, slash or semicolon is decoded.</summary>
    private static char Decoded(ReadOnlySpan<char> path, ref int at)
    {
        if (path[at] == '%' && path.Length - at >= 3)
        {
            char? decoded = (path[at + 1], path[at + 2]) switch
            {
                ('2', 'e' or 'E') => '.',
                ('2', 'f' or 'F') => '/',
                ('3', 'b' or 'B') => ';',
                _ => null,
            };
            at += decoded is null ? 0 : 2;
            return decoded ?? '%';
        }

        return path[at];
    }
}
