using System.Buffers;
using System.Collections.Frozen;

namespace GrpcDcr.Server.Syntax;

/// <summary>URI schemes, RFC 3986 section 3.1. They compare without case.</summary>
internal static class UriSchemes
{
    private static readonly SearchValues<char> Characters = SearchValues.Create(
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+-.");

    /// <summary>
    /// Schemes that are never allowed: they run code, wrap other URIs, access files or the network, start other programs, or cannot receive
    /// a response.
    /// </summary>
    private static readonly FrozenSet<string> Dangerous =
        ("javascript data vbscript file blob about view-source filesystem jar ftp ftps sftp gopher ldap ldaps ws wss mailto tel sms urn "
        + "cid mid news nntp telnet ssh smb cifs nfs dict tftp resource chrome chrome-extension moz-extension safari-web-extension "
        + "ms-browser-extension edge opera intent android-app content shell ms-settings ms-msdt search-ms res mhtml wyciwyg livescript "
        + "mocha feed").Split(' ').ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    private static readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> DangerousLookup =
        Dangerous.GetAlternateLookup<ReadOnlySpan<char>>();

    internal static bool IsHttp(ReadOnlySpan<char> scheme) => scheme.Equals("http", StringComparison.OrdinalIgnoreCase);

    internal static bool IsHttps(ReadOnlySpan<char> scheme) => scheme.Equals("https", StringComparison.OrdinalIgnoreCase);

    internal static bool IsDangerous(ReadOnlySpan<char> scheme) => DangerousLookup.Contains(scheme);

    /// <summary>A letter and at least one more character: much software reads a single letter as a drive.</summary>
    internal static bool IsWellFormed(ReadOnlySpan<char> scheme) =>
        scheme.Length >= 2 && char.IsAsciiLetter(scheme[0]) && !scheme.ContainsAnyExcept(Characters);

    /// <summary>Whether the scheme can be a private-use scheme (RFC 8252 section 7.1), with or without a dot.</summary>
    internal static bool IsPrivateUseName(ReadOnlySpan<char> scheme) =>
        IsWellFormed(scheme) && !IsHttp(scheme) && !IsHttps(scheme) && !IsDangerous(scheme);
}
