using System.Collections.Concurrent;
using GrpcDcr.Server.Model;
using GrpcDcr.Server.Storage.LiteDb.Files;
using GrpcDcr.Server.Storage.LiteDb.Journal;
using GrpcDcr.Server.Storage.Writes;

namespace GrpcDcr.Server.Storage.LiteDb.Commit;

/// <summary>
/// What is known without a query to LiteDB: all durable changes that are not applied yet, cached records, and the registration status.
/// </summary>
internal sealed class StoreOverlay(LiteDbOptions options)
{
    private readonly ConcurrentDictionary<SecretHash, OneTimeUse> _oneTimeUses = new(OneTimeKeys.ByBytes);
    private volatile RegistrationStatus _registrationStatus = RegistrationStatus.Enabled;

    public RecordOverlay<ClientId, RegisteredClient> Clients { get; } = new(options.CacheBytes, client => client.Id);

    public RecordOverlay<InitialAccessTokenId, InitialAccessToken> InitialAccessTokens { get; } =
        new(options.InitialAccessTokenCacheBytes, token => token.Id);

    public RegistrationStatus RegistrationStatus
    {
        get => _registrationStatus;
        set => _registrationStatus = value;
    }

    /// <summary>The one-time use of this key in a change that is not applied yet; <see langword="null"/> for none.</summary>
    public OneTimeUse? FindUse(SecretHash key) => _oneTimeUses.GetValueOrDefault(key);

    /// <summary>Adds an entry that is durable.</summary>
    public void Add(JournalEntry entry)
    {
        Clients.Add(entry.Clients, entry.Number);
        InitialAccessTokens.Add(entry.InitialAccessTokens, entry.Number);
        foreach (var use in entry.OneTimeUses)
        {
            _oneTimeUses[use.Key] = use;
        }

        RegistrationStatus = entry.RegistrationStatus?.Value ?? RegistrationStatus;
    }

    /// <summary>The entry is applied to LiteDB.</summary>
    public void Applied(JournalEntry entry)
    {
        Clients.Applied(entry.Clients, entry.Number);
        InitialAccessTokens.Applied(entry.InitialAccessTokens, entry.Number);
        foreach (var use in entry.OneTimeUses)
        {
            _oneTimeUses.TryRemove(use.Key, out _);
        }
    }
}
