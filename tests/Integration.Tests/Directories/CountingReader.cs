using GrpcDcr.Server.Model;
using GrpcDcr.Server.Storage;

namespace GrpcDcr.Integration.Tests.Directories;

/// <summary>Counts how often a client is looked up in the store itself.</summary>
internal sealed class CountingReader(IClientReader store) : IClientReader
{
    public int Queries { get; set; }

    public ValueTask<RegisteredClient?> FindAsync(ClientId id, CancellationToken cancellationToken)
    {
        Queries++;
        return store.FindAsync(id, cancellationToken);
    }

    public RegisteredClient? FindCached(ClientId id) => store.FindCached(id);

    public ValueTask<Page<RegisteredClient>> ListAsync(ClientFilter filter, PageRequest page, CancellationToken cancellationToken) =>
        store.ListAsync(filter, page, cancellationToken);

    public ValueTask<ClientCounts> CountAsync(CancellationToken cancellationToken) => store.CountAsync(cancellationToken);

    public ValueTask<Page<AuditEvent>> ListAuditEventsAsync(AuditFilter filter, PageRequest page, CancellationToken cancellationToken) =>
        store.ListAuditEventsAsync(filter, page, cancellationToken);

    public ValueTask<InitialAccessToken?> FindInitialAccessTokenAsync(InitialAccessTokenId id, CancellationToken cancellationToken) =>
        store.FindInitialAccessTokenAsync(id, cancellationToken);

    public ValueTask<Page<InitialAccessToken>> ListInitialAccessTokensAsync(PageRequest page, CancellationToken cancellationToken) =>
        store.ListInitialAccessTokensAsync(page, cancellationToken);

    public ValueTask<OneTimeUse?> FindOneTimeUseAsync(SecretHash key, CancellationToken cancellationToken) =>
        store.FindOneTimeUseAsync(key, cancellationToken);

    public ValueTask<RegistrationStatus> GetRegistrationStatusAsync(CancellationToken cancellationToken) =>
        store.GetRegistrationStatusAsync(cancellationToken);
}
