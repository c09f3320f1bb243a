using Google.Protobuf;
using GrpcDcr.Server.Model;

namespace GrpcDcr.Server.Storage.Encoding;

/// <summary>An initial access token to and from the bytes that an engine stores.</summary>
internal static class InitialAccessTokenRecord
{
    public static byte[] Encode(InitialAccessToken token)
    {
        using var record = new RecordWriter();
        record.Identifier(StoredInitialAccessToken.IdFieldNumber, token.Id.Value);
        record.Bytes(StoredInitialAccessToken.Sha256FieldNumber, token.Hash.Bytes);
        record.Text(StoredInitialAccessToken.LabelFieldNumber, token.Label);
        record.Number(StoredInitialAccessToken.IssuedAtFieldNumber, token.IssuedAt.ToUnixTimeMilliseconds());
        record.Number(StoredInitialAccessToken.ExpiresAtFieldNumber, token.ExpiresAt?.ToUnixTimeMilliseconds());
        record.Number(StoredInitialAccessToken.MaxUsesFieldNumber, token.MaxUses);
        record.Number(StoredInitialAccessToken.UsesFieldNumber, token.Uses);
        record.Number(StoredInitialAccessToken.LastUsedAtFieldNumber, token.LastUsedAt?.ToUnixTimeMilliseconds());
        record.Number(StoredInitialAccessToken.RevokedAtFieldNumber, token.RevokedAt?.ToUnixTimeMilliseconds());
        record.Message(StoredInitialAccessToken.ConstraintsFieldNumber, token.Constraints, ConstraintsRecord.Write);
        record.Message(StoredInitialAccessToken.IssuedByFieldNumber, token.IssuedBy, ActorRecord.Write);
        return record.ToArray();
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
