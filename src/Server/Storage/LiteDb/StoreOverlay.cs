using System.Collections.Concurrent;
using GrpcDcr.Server.Model;
using GrpcDcr.Server.Storage.LiteDb.Journal;
using GrpcDcr.Server.Storage.Writes;

namespace GrpcDcr.Server.Storage.LiteDb;

/// <summary>What is known without asking LiteDB, as it is durable: all that LiteDB does not have yet, records of late, and the switch.</summary>
internal sealed class StoreOverlay(LiteDbOptions options)
{
    private readonly ConcurrentDictionary<SecretHash, SoftwareStatementUse> _uses = new(SoftwareStatementKeys.ByBytes);
    private volatile RegistrationStatus _state = RegistrationStatus.Enabled;

    public RecordOverlay<ClientId, RegisteredClient> Clients { get; } = new(options.CacheBytes, client => client.Id);

    public RecordOverlay<InitialAccessTokenId, InitialAccessToken> Tokens { get; } = new(options.TokenCacheBytes, token => token.Id);

    public RegistrationStatus RegistrationStatus
    {
        get => _state;
        set => _state = value;
    }

    /// <summary>Whether a statement had its use, and LiteDB may not know it yet.</summary>
    public bool IsUsed(SecretHash statement) => _uses.ContainsKey(statement);

    /// <summary>Takes over what became durable.</summary>
    public void Take(JournalEntry entry)
    {
        Clients.Take(entry.Clients, entry.Number);
        Tokens.Take(entry.Tokens, entry.Number);
        foreach (var use in entry.Statements)
        {
            _uses[use.Key] = use;
        }

        RegistrationStatus = entry.Switch?.Value ?? RegistrationStatus;
    }

    /// <summary>LiteDB has it now.</summary>
    public void Forget(JournalEntry entry)
    {
        Clients.Forget(entry.Clients, entry.Number);
        Tokens.Forget(entry.Tokens, entry.Number);
        foreach (var use in entry.Statements)
        {
            _uses.TryRemove(use.Key, out _);
        }
    }
}
