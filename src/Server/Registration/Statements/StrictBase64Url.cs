using System.Buffers.Text;

namespace GrpcDcr.Server.Registration.Statements;

/// <summary>
/// Base64url as RFC 7515 section 2 has it: no padding, no white space, and one spelling only for the same octets. Decoders forgive all
/// three, so that several texts would stand for one signed document.
/// </summary>
internal static class StrictBase64Url
{
    /// <summary>The octets; <see langword="null"/> when the text is not the one spelling of any.</summary>
    public static byte[]? Decode(ReadOnlySpan<char> text)
    {
        if (!Base64Url.IsValid(text))
        {
            return null;
        }

        var octets = Base64Url.DecodeFromChars(text);
        return Base64Url.EncodeToString(octets).AsSpan().SequenceEqual(text) ? octets : null;
    }
}
