using System.Buffers.Text;
using GrpcDcr.Server.Model;
using GrpcDcr.Server.Syntax;

namespace GrpcDcr.Server.Credentials;

/// <summary>
/// A token that contains the identifier of its record: 43 characters of secret, a dot, 22 characters of identifier. The record can
/// therefore be found by the token alone, before the request is read. Only the hash of the whole text is stored.
/// </summary>
/// <param name="RecordId">The record in the token; trust it only if the hash matches.</param>
/// <param name="Hash">The hash of the whole text.</param>
internal readonly record struct LookupToken(Guid RecordId, SecretHash Hash)
{
    private const int SecretLength = 43;
    private const int IdLength = 22;
    private const int IdBytes = 16;

    /// <summary>A new token for a record. The secret comes first, so that tokens of one day have no common prefix.</summary>
    public static Secret For(Guid recordId) => new(string.Create(SecretLength + 1 + IdLength, recordId, static (text, id) =>
    {
        Span<byte> bytes = stackalloc byte[IdBytes];
        id.TryWriteBytes(bytes, bigEndian: true, out _);
        CredentialFactory.WriteSecret(text[..SecretLength], CredentialFactory.SecretBytes);
        text[SecretLength] = '.';
        Base64Url.EncodeToChars(bytes, text[(SecretLength + 1)..]);
    }));

    /// <summary>Reads a token. <see langword="false"/> for a text that is not a token of this service.</summary>
    public static bool TryRead(string? text, out LookupToken token)
    {
        token = default;
        if (text is not { Length: SecretLength + 1 + IdLength }
            || text[SecretLength] != '.'
            || StrictBase64.Url(text.AsSpan(SecretLength + 1)) is not { Length: IdBytes } id)
        {
            return false;
        }

        token = new LookupToken(new Guid(id, bigEndian: true), SecretHash.Of(text));
        return true;
    }
}
