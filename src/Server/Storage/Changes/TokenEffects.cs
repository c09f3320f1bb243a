using GrpcDcr.Server.Model;
using GrpcDcr.Server.Storage.Records;

namespace GrpcDcr.Server.Storage.Changes;

/// <summary>An initial access token comes.</summary>
internal sealed class AddToken(InitialAccessToken token) : IEffect
{
    private readonly Kept<InitialAccessToken> added = Kept.Of(token);

    public Ending Judge(Draft draft) => draft.Tokens.Find(added.Value.Id) is null ? Ending.Done : Ending.IdTaken;

    public void Need(Needed needed) => needed.Tokens.Add(added.Value.Id);

    public void Happen(Draft draft) => draft.Tokens.Put(added.Value.Id, added);
}

/// <summary>An initial access token admits nobody any more.</summary>
internal sealed class RevokeToken(InitialAccessTokenId id, DateTimeOffset revokedAt) : IEffect
{
    public Ending Judge(Draft draft) => draft.Tokens.Find(id) switch
    {
        null => Ending.NotFound,
        { RevokedAt: null } => Ending.Done,
        _ => Ending.AlreadyRevoked,
    };

    public void Need(Needed needed) => needed.Tokens.Add(id);

    public void Happen(Draft draft) => draft.Tokens.Change(id, token => token with { RevokedAt = revokedAt });
}

/// <summary>An initial access token admits a client.</summary>
internal sealed class SpendToken(InitialAccessTokenId id, DateTimeOffset admittedAt) : IEffect
{
    public Ending Judge(Draft draft) => draft.Tokens.Find(id)?.IsUsable(admittedAt) == true ? Ending.Done : Ending.TokenSpent;

    public void Need(Needed needed) => needed.Tokens.Add(id);

    public void Happen(Draft draft) => draft.Tokens.Change(id, token => token with { Uses = token.Uses + 1, LastUsedAt = admittedAt });
}

/// <summary>Changes of a token that follow from the token itself.</summary>
internal static class TokenChange
{
    public static void Change(
        this Fates<InitialAccessTokenId, InitialAccessToken> tokens, InitialAccessTokenId id, Func<InitialAccessToken, InitialAccessToken> change)
    {
        var next = change(tokens.Find(id)!);

        // A use makes the record a few bytes longer, and may not fail because of that.
        tokens.Put(id, new Kept<InitialAccessToken>(next, InitialAccessTokenRecord.Encode(next)));
    }
}
