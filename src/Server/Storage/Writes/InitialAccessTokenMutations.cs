using GrpcDcr.Server.Model;
using GrpcDcr.Server.Storage.Encoding;

namespace GrpcDcr.Server.Storage.Writes;

/// <summary>Adds an initial access token.</summary>
internal sealed class AddInitialAccessToken(InitialAccessToken token) : IMutation
{
    private readonly EncodedRecord<InitialAccessToken> _added = EncodedRecord.Of(token);

    public ChangeOutcome Check(WriteBatch writes) =>
        writes.InitialAccessTokens.Find(_added.Value.Id) is null ? ChangeOutcome.Done : ChangeOutcome.IdTaken;

    public void AddReads(ReadSet reads) => reads.InitialAccessTokens.Add(_added.Value.Id);

    public void Apply(WriteBatch writes) => writes.InitialAccessTokens.Put(_added.Value.Id, _added);
}

/// <summary>Revokes an initial access token.</summary>
internal sealed class RevokeInitialAccessToken(InitialAccessTokenId id, DateTimeOffset revokedAt) : IMutation
{
    public ChangeOutcome Check(WriteBatch writes) => writes.InitialAccessTokens.Find(id) switch
    {
        null => ChangeOutcome.NotFound,
        { RevokedAt: null } => ChangeOutcome.Done,
        { RevokedAt: not null } => ChangeOutcome.AlreadyRevoked,
    };

    public void AddReads(ReadSet reads) => reads.InitialAccessTokens.Add(id);

    public void Apply(WriteBatch writes) => writes.InitialAccessTokens.Change(id, token => token with { RevokedAt = revokedAt });
}

/// <summary>Counts one use of an initial access token.</summary>
internal sealed class ConsumeInitialAccessToken(InitialAccessTokenId id, DateTimeOffset admittedAt) : IMutation
{
    public ChangeOutcome Check(WriteBatch writes) =>
        writes.InitialAccessTokens.Find(id)?.IsUsable(admittedAt) == true ? ChangeOutcome.Done : ChangeOutcome.InitialAccessTokenSpent;

    public void AddReads(ReadSet reads) => reads.InitialAccessTokens.Add(id);

    public void Apply(WriteBatch writes) =>
        writes.InitialAccessTokens.Change(id, token => token with { Uses = token.Uses + 1, LastUsedAt = admittedAt });
}

/// <summary>Writes that derive the next version of an initial access token from the current one.</summary>
internal static class InitialAccessTokenWrites
{
    public static void Change(
        this WriteSet<InitialAccessTokenId, InitialAccessToken> tokens,
        InitialAccessTokenId id,
        Func<InitialAccessToken, InitialAccessToken> change)
    {
        var next = change(tokens.Find(id)!);

        // A use makes the record a few bytes longer and must not fail because of that: the size is not checked.
        tokens.Put(id, new EncodedRecord<InitialAccessToken>(next, InitialAccessTokenRecord.Encode(next)));
    }
}
