using System.Net;
using System.Net.Sockets;

namespace GrpcDcr.Server.Syntax;

/// <summary>Hosts of http and https URIs as text, not canonicalised.</summary>
internal static class HostSyntax
{
    private const int LongestName = 253;
    private const int LongestLabel = 63;

    internal static bool IsHost(ReadOnlySpan<char> host) =>
        host.StartsWith('[') ? IsIPv6Literal(host) : EndsInNumber(host) ? IsDottedIPv4(host) : IsDnsName(host);

    /// <summary>Whether a host is a DNS name, and not an IP address in any spelling.</summary>
    internal static bool IsName(ReadOnlySpan<char> host) => !EndsInNumber(host) && IsDnsName(host);

    /// <summary>The three names of RFC 8252 sections 7.3 and 8.3, in no other spelling.</summary>
    internal static bool IsLoopback(ReadOnlySpan<char> host) =>
        host is "127.0.0.1" or "[::1]" || host.Equals("localhost", StringComparison.OrdinalIgnoreCase);

    /// <summary>Whether the text is an IP address without brackets, port or zone.</summary>
    internal static bool IsAddress(ReadOnlySpan<char> host) =>
        host.Contains(':') ? IsIPv6Literal($"[{host}]") : IsDottedIPv4(host);

    /// <summary>Letters, digits and hyphens (RFC 1123 section 2.1): no wildcard, no underscore, no trailing dot.</summary>
    private static bool IsDnsName(ReadOnlySpan<char> host)
    {
        if (host.Length is 0 or > LongestName)
        {
            return false;
        }

        foreach (var range in host.Split('.'))
        {
            if (!IsLabel(host[range]))
            {
                return false;
            }
        }

        return true;
    }

    private static bool IsLabel(ReadOnlySpan<char> label)
    {
        foreach (var character in label)
        {
            if (!char.IsAsciiLetterOrDigit(character) && character != '-')
            {
                return false;
            }
        }

        return label.Length is > 0 and <= LongestLabel && label[0] != '-' && label[^1] != '-';
    }

    /// <summary>
    /// Whether browsers read the host as an IPv4 address (WHATWG URL, ends-in-a-number): <c>127.1</c>, <c>2130706433</c> and
    /// <c>0x7f000001</c> all mean 127.0.0.1.
    /// </summary>
    private static bool EndsInNumber(ReadOnlySpan<char> host)
    {
        var last = host[(host.LastIndexOf('.') + 1)..];
        return last.Length > 0
            && (!last.ContainsAnyExceptInRange('0', '9') || last.StartsWith("0x", StringComparison.OrdinalIgnoreCase));
    }

    private static bool IsDottedIPv4(ReadOnlySpan<char> host)
    {
        var parts = 0;
        foreach (var range in host.Split('.'))
        {
            parts++;
            if (!IsDecimalOctet(host[range]))
            {
                return false;
            }
        }

        return parts == 4;
    }

    private static bool IsDecimalOctet(ReadOnlySpan<char> part) =>
        part.Length is >= 1 and <= 3
        && !part.ContainsAnyExceptInRange('0', '9')
        && (part.Length == 1 || part[0] != '0')
        && int.Parse(part) <= 255;

    private static bool IsIPv6Literal(ReadOnlySpan<char> host)
    {
        if (host.Length < 4 || !host.EndsWith(']'))
        {
            return false;
        }

        var address = host[1..^1];
        foreach (var character in address)
        {
            if (!char.IsAsciiHexDigit(character) && character is not (':' or '.'))
            {
                return false;
            }
        }

        return IPAddress.TryParse(address, out var parsed) && parsed.AddressFamily == AddressFamily.InterNetworkV6;
    }
}
