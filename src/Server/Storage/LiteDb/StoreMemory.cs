using GrpcDcr.Server.Model;
using GrpcDcr.Server.Storage.Changes;

namespace GrpcDcr.Server.Storage.LiteDb;

/// <summary>What is known without asking LiteDB, as it is durable: clients and tokens of late, and the switch.</summary>
internal sealed class StoreMemory(LiteDbOptions options)
{
    private volatile RegistrationSwitch state = RegistrationSwitch.Open;

    public RecordCache<ClientId, RegisteredClient> Clients { get; } = new(options.CacheBytes);

    public RecordCache<InitialAccessTokenId, InitialAccessToken> Tokens { get; } = new(options.TokenCacheBytes);

    public RegistrationSwitch Switch
    {
        get => state;
        set => state = value;
    }

    /// <summary>Takes over what a durable batch changed.</summary>
    public void Take(Batch batch)
    {
        Clients.Take(batch.Draft.Clients);
        Tokens.Take(batch.Draft.Tokens);
        Switch = batch.Draft.Switch?.Value ?? Switch;
    }
}
