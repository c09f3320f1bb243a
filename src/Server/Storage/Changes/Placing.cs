using GrpcDcr.Server.Model;
using GrpcDcr.Server.Storage.Records;

namespace GrpcDcr.Server.Storage.Changes;

/// <summary>A client comes from another store, with the version it has.</summary>
internal sealed class PlaceClient(RegisteredClient client) : IEffect
{
    private readonly Kept<RegisteredClient> placed = Kept.Of(client);

    public Ending Judge(Draft draft) => draft.Clients.Find(placed.Value.Id) is not { } current ? Ending.Done
        : placed.Record.AsSpan().SequenceEqual(ClientRecord.Encode(current)) ? Ending.Repeated
        : Ending.IdTaken;

    public void Need(Needed needed) => needed.Clients.Add(placed.Value.Id);

    public void Happen(Draft draft) => draft.Clients.Put(placed.Value.Id, placed);
}

/// <summary>An initial access token comes from another store.</summary>
internal sealed class PlaceToken(InitialAccessToken token) : IEffect
{
    private readonly Kept<InitialAccessToken> placed = Kept.Of(token);

    public Ending Judge(Draft draft) => draft.Tokens.Find(placed.Value.Id) is not { } current ? Ending.Done
        : placed.Record.AsSpan().SequenceEqual(InitialAccessTokenRecord.Encode(current)) ? Ending.Repeated
        : Ending.IdTaken;

    public void Need(Needed needed) => needed.Tokens.Add(placed.Value.Id);

    public void Happen(Draft draft) => draft.Tokens.Put(placed.Value.Id, placed);
}

/// <summary>The use of a software statement comes from another store.</summary>
internal sealed class PlaceStatement(StatementUse use) : IEffect
{
    public Ending Judge(Draft draft) => draft.Statements.IsUsed(use) ? Ending.Repeated : Ending.Done;

    public void Need(Needed needed) => needed.Statements.Add(use.Key);

    public void Happen(Draft draft) => draft.Statements.Use(use);
}

/// <summary>An audit event comes from another store, and has the sequence that it had there.</summary>
internal sealed class FollowSequence(long sequence) : IEffect
{
    public Ending Judge(Draft draft) => sequence == draft.NextSequence ? Ending.Done
        : sequence < draft.NextSequence ? Ending.Repeated
        : Ending.NotFound;

    public void Need(Needed needed)
    {
        // Every draft knows the sequence.
    }

    public void Happen(Draft draft)
    {
        // The event itself is all that happens.
    }
}
