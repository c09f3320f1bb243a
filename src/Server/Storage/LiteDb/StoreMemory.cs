using System.Collections.Concurrent;
using GrpcDcr.Server.Model;
using GrpcDcr.Server.Storage.Changes;
using GrpcDcr.Server.Storage.LiteDb.Journal;

namespace GrpcDcr.Server.Storage.LiteDb;

/// <summary>What is known without asking LiteDB, as it is durable: all that LiteDB does not have yet, records of late, and the switch.</summary>
internal sealed class StoreMemory(LiteDbOptions options)
{
    private readonly ConcurrentDictionary<SecretHash, StatementUse> uses = new(StatementKeys.ByBytes);
    private volatile RegistrationSwitch state = RegistrationSwitch.Open;

    public RecordMemory<ClientId, RegisteredClient> Clients { get; } = new(options.CacheBytes, client => client.Id);

    public RecordMemory<InitialAccessTokenId, InitialAccessToken> Tokens { get; } = new(options.TokenCacheBytes, token => token.Id);

    public RegistrationSwitch Switch
    {
        get => state;
        set => state = value;
    }

    /// <summary>Whether a statement had its use, and LiteDB may not know it yet.</summary>
    public bool IsUsed(SecretHash statement) => uses.ContainsKey(statement);

    /// <summary>Takes over what became durable.</summary>
    public void Take(JournalEntry entry)
    {
        Clients.Take(entry.Clients, entry.Number);
        Tokens.Take(entry.Tokens, entry.Number);
        foreach (var use in entry.Statements)
        {
            uses[use.Key] = use;
        }

        Switch = entry.Switch?.Value ?? Switch;
    }

    /// <summary>LiteDB has it now.</summary>
    public void Forget(JournalEntry entry)
    {
        Clients.Forget(entry.Clients, entry.Number);
        Tokens.Forget(entry.Tokens, entry.Number);
        foreach (var use in entry.Statements)
        {
            uses.TryRemove(use.Key, out _);
        }
    }
}
