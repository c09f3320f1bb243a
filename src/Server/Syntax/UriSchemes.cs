using System.Buffers;
using System.Collections.Frozen;

namespace GrpcDcr.Server.Syntax;

/// <summary>URI schemes, RFC 3986 section 3.1. They compare without case.</summary>
internal static class UriSchemes
{
    private static readonly SearchValues<char> Characters = SearchValues.Create(
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+-.");

    /// <summary>
    /// Schemes that are never allowed: they run code, wrap other URIs, access files or the network, start other programs, cannot receive a
    /// response, or can be claimed by any web site (HTML, <c>registerProtocolHandler</c>).
    /// </summary>
    private static readonly FrozenSet<string> Dangerous =
        ("javascript data vbscript file blob about view-source filesystem jar ftp ftps sftp gopher ldap ldaps ws wss mailto tel sms smsto "
        + "urn cid mid news nntp telnet ssh smb cifs nfs dict tftp resource chrome chrome-extension moz-extension safari-web-extension "
        + "edge opera firefox intent android-app content shell search-ms res mhtml wyciwyg livescript mocha feed bitcoin ethereum geo im "
        + "irc ircs ircs6 magnet matrix mms openpgp4fpr sip sips webcal wtai xmpp x-man-page")
        .Split(' ').ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    /// <summary>
    /// The beginnings of families of such schemes: those by which operating systems open settings, installers and office programs, those
    /// that hand http to another program, and those that any web site or browser extension can claim.
    /// </summary>
    private static readonly string[] DangerousBeginnings =
    [
        "ms-", "microsoft.", "microsoft-", "windows.", "vnd.", "x-apple", "itms", "googlechrome", "http+", "https+", "web+", "ext+",
    ];

    private static readonly string[] DangerousEndings = ["+http", "+https", "+unix", "+ssh", "+file", "-extension"];

    /// <summary>Of these families, but made for responses: they lead back to the app that asked.</summary>
    private static readonly string[] OfApps = ["ms-app", "ms-appx-web"];

    private static readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> DangerousLookup =
        Dangerous.GetAlternateLookup<ReadOnlySpan<char>>();

    internal static bool IsHttp(ReadOnlySpan<char> scheme) => scheme.Equals("http", StringComparison.OrdinalIgnoreCase);

    internal static bool IsHttps(ReadOnlySpan<char> scheme) => scheme.Equals("https", StringComparison.OrdinalIgnoreCase);

    /// <summary>Whether the scheme, or its family, is never allowed.</summary>
    internal static bool IsDangerous(ReadOnlySpan<char> scheme) => DangerousLookup.Contains(scheme) || IsOfDangerousFamily(scheme);

    /// <summary>A letter and at least one more character: much software reads a single letter as a drive.</summary>
    internal static bool IsWellFormed(ReadOnlySpan<char> scheme) =>
        scheme.Length >= 2 && char.IsAsciiLetter(scheme[0]) && !scheme.ContainsAnyExcept(Characters);

    /// <summary>Whether the scheme can be a private-use scheme (RFC 8252 section 7.1), with or without a dot.</summary>
    internal static bool IsPrivateUseName(ReadOnlySpan<char> scheme) =>
        IsWellFormed(scheme) && !IsHttp(scheme) && !IsHttps(scheme) && !IsDangerous(scheme);

    private static bool IsOfDangerousFamily(ReadOnlySpan<char> scheme)
    {
        foreach (var own in OfApps)
        {
            if (scheme.Equals(own, StringComparison.OrdinalIgnoreCase))
            {
                return false;
            }
        }

        foreach (var beginning in DangerousBeginnings)
        {
            if (scheme.StartsWith(beginning, StringComparison.OrdinalIgnoreCase))
            {
                return true;
            }
        }

        foreach (var ending in DangerousEndings)
        {
            if (scheme.EndsWith(ending, StringComparison.OrdinalIgnoreCase))
            {
                return true;
            }
        }

        return false;
    }
}
