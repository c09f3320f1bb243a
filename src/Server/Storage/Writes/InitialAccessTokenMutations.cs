using GrpcDcr.Server.Model;
using GrpcDcr.Server.Storage.Encoding;

namespace GrpcDcr.Server.Storage.Writes;

/// <summary>An initial access token comes.</summary>
internal sealed class AddInitialAccessToken(InitialAccessToken token) : IMutation
{
    private readonly EncodedRecord<InitialAccessToken> _added = EncodedRecord.Of(token);

    public ChangeOutcome Check(WriteBatch writes) => writes.Tokens.Find(_added.Value.Id) is null ? ChangeOutcome.Done : ChangeOutcome.IdTaken;

    public void AddReads(ReadSet reads) => reads.Tokens.Add(_added.Value.Id);

    public void Apply(WriteBatch writes) => writes.Tokens.Put(_added.Value.Id, _added);
}

/// <summary>An initial access token admits nobody any more.</summary>
internal sealed class RevokeInitialAccessToken(InitialAccessTokenId id, DateTimeOffset revokedAt) : IMutation
{
    public ChangeOutcome Check(WriteBatch writes) => writes.Tokens.Find(id) switch
    {
        null => ChangeOutcome.NotFound,
        { RevokedAt: null } => ChangeOutcome.Done,
        _ => ChangeOutcome.AlreadyRevoked,
    };

    public void AddReads(ReadSet reads) => reads.Tokens.Add(id);

    public void Apply(WriteBatch writes) => writes.Tokens.Change(id, token => token with { RevokedAt = revokedAt });
}

/// <summary>An initial access token admits a client.</summary>
internal sealed class ConsumeInitialAccessToken(InitialAccessTokenId id, DateTimeOffset admittedAt) : IMutation
{
    public ChangeOutcome Check(WriteBatch writes) => writes.Tokens.Find(id)?.IsUsable(admittedAt) == true ? ChangeOutcome.Done : ChangeOutcome.InitialAccessTokenSpent;

    public void AddReads(ReadSet reads) => reads.Tokens.Add(id);

    public void Apply(WriteBatch writes) => writes.Tokens.Change(id, token => token with { Uses = token.Uses + 1, LastUsedAt = admittedAt });
}

/// <summary>Changes of a token that follow from the token itself.</summary>
internal static class InitialAccessTokenWrites
{
    public static void Change(
        this WriteSet<InitialAccessTokenId, InitialAccessToken> tokens, InitialAccessTokenId id, Func<InitialAccessToken, InitialAccessToken> change)
    {
        var next = change(tokens.Find(id)!);

        // A use makes the record a few bytes longer, and may not fail because of that.
        tokens.Put(id, new EncodedRecord<InitialAccessToken>(next, InitialAccessTokenRecord.Encode(next)));
    }
}
