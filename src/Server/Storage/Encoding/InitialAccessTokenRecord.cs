using Google.Protobuf;
using GrpcDcr.Server.Model;

namespace GrpcDcr.Server.Storage.Encoding;

/// <summary>An initial access token to and from the bytes that an engine stores.</summary>
internal static class InitialAccessTokenRecord
{
    public static byte[] Encode(InitialAccessToken token)
    {
        var stored = new StoredInitialAccessToken
        {
            Id = ByteString.CopyFrom(token.Id.ToBytes()),
            Sha256 = ByteString.CopyFrom(token.Hash.Bytes.Span),
            IssuedAt = token.IssuedAt.ToUnixTimeMilliseconds(),
            Uses = token.Uses,
            Constraints = ConstraintsRecord.ToStored(token.Constraints),
            IssuedBy = token.IssuedBy is { } actor ? ActorRecord.ToStored(actor) : null,
        };
        if (token.Label is { } label)
        {
            stored.Label = label;
        }

        if (token.ExpiresAt is { } expiry)
        {
            stored.ExpiresAt = expiry.ToUnixTimeMilliseconds();
        }

        if (token.MaxUses is { } most)
        {
            stored.MaxUses = most;
        }

        if (token.LastUsedAt is { } last)
        {
            stored.LastUsedAt = last.ToUnixTimeMilliseconds();
        }

        if (token.RevokedAt is { } revoked)
        {
            stored.RevokedAt = revoked.ToUnixTimeMilliseconds();
        }

        return stored.ToByteArray();
    }

    /// <exception cref="StorageException">The bytes are not an initial access token (<see cref="StorageFailure.Corrupt"/>).</exception>
    public static InitialAccessToken Decode(ReadOnlySpan<byte> bytes)
    {
        try
        {
            return ToModel(StoredInitialAccessToken.Parser.ParseFrom(bytes));
        }
        catch (Exception e) when (e is InvalidProtocolBufferException or ArgumentException)
        {
            throw new StorageException(StorageFailure.Corrupt, "A stored initial access token cannot be read.", e);
        }
    }

    private static InitialAccessToken ToModel(StoredInitialAccessToken stored) => new()
    {
        Id = InitialAccessTokenId.FromBytes(stored.Id.Span),
        Hash = SecretHash.FromBytes(stored.Sha256.Span),
        Label = stored.HasLabel ? stored.Label : null,
        IssuedAt = DateTimeOffset.FromUnixTimeMilliseconds(stored.IssuedAt),
        IssuedBy = stored.IssuedBy is { } actor ? ActorRecord.ToModel(actor) : null,
        ExpiresAt = stored.HasExpiresAt ? DateTimeOffset.FromUnixTimeMilliseconds(stored.ExpiresAt) : null,
        MaxUses = stored.HasMaxUses ? stored.MaxUses : null,
        Uses = stored.Uses,
        LastUsedAt = stored.HasLastUsedAt ? DateTimeOffset.FromUnixTimeMilliseconds(stored.LastUsedAt) : null,
        RevokedAt = stored.HasRevokedAt ? DateTimeOffset.FromUnixTimeMilliseconds(stored.RevokedAt) : null,

        // Without its constraints it would admit more than intended.
        Constraints = ConstraintsRecord.ToModel(
            stored.Constraints ?? throw new ArgumentException("An initial access token has constraints.")),
    };
}
