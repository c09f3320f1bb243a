using Google.Protobuf;
using GrpcDcr.Server.Model;

namespace GrpcDcr.Server.Storage.Encoding;

/// <summary>A client's secret and registration access token to and from the fields of its stored message.</summary>
internal static class SecretRecord
{
    /// <exception cref="ArgumentException">It has more than one previous secret: only one is stored.</exception>
    public static void Write(RecordWriter record, ClientSecret? secret)
    {
        if (secret is not null)
        {
            record.Bytes(StoredClient.SecretSha256FieldNumber, secret.Hash.Bytes);
            record.Number(StoredClient.SecretExpiresAtFieldNumber, secret.ExpiresAt?.ToUnixTimeMilliseconds());
            record.Bytes(StoredClient.SecretSealedFieldNumber, secret.Sealed);
            record.Message(StoredClient.PreviousSecretFieldNumber, secret.Previous, WritePrevious);
        }
    }

    public static void Write(RecordWriter record, RegistrationAccessToken? token)
    {
        if (token is not null)
        {
            record.Bytes(StoredClient.RegistrationAccessTokenSha256FieldNumber, token.Hash.Bytes);
            record.Bytes(StoredClient.PreviousRegistrationAccessTokenSha256FieldNumber, token.Previous?.Bytes);
            record.Number(
                StoredClient.PreviousRegistrationAccessTokenUntilFieldNumber, token.PreviousUntil?.ToUnixTimeMilliseconds());
        }
    }

    public static ClientSecret? SecretOf(StoredClient stored) => !stored.HasSecretSha256 ? null : new(
        SecretHash.FromBytes(stored.SecretSha256.Span),
        stored.HasSecretExpiresAt ? DateTimeOffset.FromUnixTimeMilliseconds(stored.SecretExpiresAt) : null,
        SealedOf(stored.HasSecretSealed, stored.SecretSealed),
        stored.PreviousSecret is { } previous ? ToModel(previous) : null);

    public static RegistrationAccessToken? RegistrationAccessTokenOf(StoredClient stored) =>
        !stored.HasRegistrationAccessTokenSha256 ? null : new(
        SecretHash.FromBytes(stored.RegistrationAccessTokenSha256.Span),
        stored.HasPreviousRegistrationAccessTokenSha256 ? SecretHash.FromBytes(stored.PreviousRegistrationAccessTokenSha256.Span) : null,
        stored.HasPreviousRegistrationAccessTokenUntil
            ? DateTimeOffset.FromUnixTimeMilliseconds(stored.PreviousRegistrationAccessTokenUntil)
            : null);

    private static void WritePrevious(RecordWriter record, ClientSecret secret)
    {
        if (secret.Previous is not null)
        {
            throw new ArgumentException("A client has one previous secret, not two.");
        }

        record.Bytes(StoredSecret.Sha256FieldNumber, secret.Hash.Bytes);
        record.Number(StoredSecret.ExpiresAtFieldNumber, secret.ExpiresAt?.ToUnixTimeMilliseconds());
        record.Bytes(StoredSecret.SealedFieldNumber, secret.Sealed);
    }

    private static ClientSecret ToModel(StoredSecret stored) => new(
        SecretHash.FromBytes(stored.Sha256.Span),
        stored.HasExpiresAt ? DateTimeOffset.FromUnixTimeMilliseconds(stored.ExpiresAt) : null,
        SealedOf(stored.HasSealed, stored.Sealed));

    // A null literal here would become empty memory.
    private static ReadOnlyMemory<byte>? SealedOf(bool isThere, ByteString bytes) => isThere ? bytes.Memory : (ReadOnlyMemory<byte>?)null;
}
