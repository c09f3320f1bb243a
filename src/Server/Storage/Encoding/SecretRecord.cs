using Google.Protobuf;
using GrpcDcr.Server.Model;

namespace GrpcDcr.Server.Storage.Encoding;

/// <summary>A client's secret and registration access token to and from the fields of its stored message.</summary>
internal static class SecretRecord
{
    /// <exception cref="ArgumentException">It has more than one previous secret: only one is stored.</exception>
    public static void Write(ClientSecret secret, StoredClient stored)
    {
        stored.SecretSha256 = ByteString.CopyFrom(secret.Hash.Bytes.Span);
        if (secret.ExpiresAt is { } expiry)
        {
            stored.SecretExpiresAt = expiry.ToUnixTimeMilliseconds();
        }

        if (secret.Sealed is { } encrypted)
        {
            stored.SecretSealed = ByteString.CopyFrom(encrypted.Span);
        }

        if (secret.Previous is { } previous)
        {
            stored.PreviousSecret = ToStored(previous);
        }
    }

    public static void Write(RegistrationAccessToken token, StoredClient stored)
    {
        stored.RegistrationAccessTokenSha256 = ByteString.CopyFrom(token.Hash.Bytes.Span);
        if (token.Previous is { } previous)
        {
            stored.PreviousRegistrationAccessTokenSha256 = ByteString.CopyFrom(previous.Bytes.Span);
        }

        if (token.PreviousUntil is { } until)
        {
            stored.PreviousRegistrationAccessTokenUntil = until.ToUnixTimeMilliseconds();
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

    private static StoredSecret ToStored(ClientSecret secret)
    {
        if (secret.Previous is not null)
        {
            throw new ArgumentException("A client has one previous secret, not two.");
        }

        var stored = new StoredSecret { Sha256 = ByteString.CopyFrom(secret.Hash.Bytes.Span) };
        if (secret.ExpiresAt is { } expiry)
        {
            stored.ExpiresAt = expiry.ToUnixTimeMilliseconds();
        }

        if (secret.Sealed is { } encrypted)
        {
            stored.Sealed = ByteString.CopyFrom(encrypted.Span);
        }

        return stored;
    }

    private static ClientSecret ToModel(StoredSecret stored) => new(
        SecretHash.FromBytes(stored.Sha256.Span),
        stored.HasExpiresAt ? DateTimeOffset.FromUnixTimeMilliseconds(stored.ExpiresAt) : null,
        SealedOf(stored.HasSealed, stored.Sealed));

    // A null literal here would become empty memory.
    private static ReadOnlyMemory<byte>? SealedOf(bool isThere, ByteString bytes) => isThere ? bytes.Memory : (ReadOnlyMemory<byte>?)null;
}
