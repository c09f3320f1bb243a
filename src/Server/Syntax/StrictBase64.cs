using System.Buffers;
using System.Buffers.Text;

namespace GrpcDcr.Server.Syntax;

/// <summary>
/// Base64 in its only canonical form. The decoders of .NET also accept white space, padding and unused bits, so that a key would have
/// several texts.
/// </summary>
internal static class StrictBase64
{
    private static readonly SearchValues<char> UrlCharacters = SearchValues.Create(
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_");

    /// <summary>The octets of base64url without padding (RFC 7515 section 2), or <see langword="null"/>.</summary>
    internal static byte[]? Url(ReadOnlySpan<char> text)
    {
        if (text.Length % 4 == 1 || text.ContainsAnyExcept(UrlCharacters))
        {
            return null;
        }

        var octets = new byte[Base64Url.GetMaxDecodedLength(text.Length)];
        return Base64Url.DecodeFromChars(text, octets, out _, out var length) == OperationStatus.Done
            && text.SequenceEqual(Base64Url.EncodeToString(octets.AsSpan(0, length)))
            ? octets[..length]
            : null;
    }

    /// <summary>The octets of base64 with padding (RFC 4648 section 4), or <see langword="null"/>.</summary>
    internal static byte[]? Padded(string text)
    {
        var octets = new byte[text.Length / 4 * 3];
        return Convert.TryFromBase64String(text, octets, out var length) && Convert.ToBase64String(octets, 0, length) == text
            ? octets[..length]
            : null;
    }
}
