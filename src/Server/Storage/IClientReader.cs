using GrpcDcr.Server.Model;

namespace GrpcDcr.Server.Storage;

/// <summary>The read side of a store. Results never show a change that is not durable yet.</summary>
/// <remarks>Every method throws a <see cref="StorageException"/> when it cannot answer, and nothing else.</remarks>
internal interface IClientReader
{
    /// <summary>
    /// The client as it is stored now (consistency <c>Strong</c>); <see langword="null"/> when there is none. Identifiers are compared byte
    /// by byte.
    /// </summary>
    ValueTask<RegisteredClient?> FindAsync(ClientId id, CancellationToken cancellationToken);

    /// <summary>
    /// The client from the cache alone; <see langword="null"/> when it is not cached. A change that another process made may be missing for
    /// as long as the engine's settings say, one second by default; a change that this process made never is.
    /// </summary>
    RegisteredClient? FindCached(ClientId id);

    /// <summary>
    /// Clients in the order of their identifiers, which is the order they registered, or in reverse; only those that match
    /// <paramref name="filter"/>. A page token stays valid under insertions and deletions: a client that exists during the whole listing is
    /// listed exactly once. A page may be short, even empty, and still have a next one: the store examines a bounded number of clients for
    /// each page, except where the filter <see cref="ClientFilter.IsIndexed"/>.
    /// </summary>
    ValueTask<Page<RegisteredClient>> ListAsync(ClientFilter filter, PageRequest page, CancellationToken cancellationToken);

    /// <summary>How many clients there are now. It costs the same however many.</summary>
    ValueTask<ClientCounts> CountAsync(CancellationToken cancellationToken);

    /// <summary>
    /// Audit events in the order of their sequence, or in reverse. A page may be short, even empty, and still have a next one: the store
    /// scans a bounded number of events for each page.
    /// </summary>
    ValueTask<Page<AuditEvent>> ListAuditEventsAsync(AuditFilter filter, PageRequest page, CancellationToken cancellationToken);

    /// <summary>The initial access token as it is now, or <see langword="null"/> when there is none.</summary>
    ValueTask<InitialAccessToken?> FindInitialAccessTokenAsync(InitialAccessTokenId id, CancellationToken cancellationToken);

    /// <summary>
    /// Initial access tokens in the order of their identifiers, including used and revoked ones. Paging as in <see cref="ListAsync"/>.
    /// </summary>
    ValueTask<Page<InitialAccessToken>> ListInitialAccessTokensAsync(PageRequest page, CancellationToken cancellationToken);

    /// <summary>The one-time use of this key, or <see langword="null"/> if there is none, or if it was deleted after its expiry.</summary>
    ValueTask<OneTimeUse?> FindOneTimeUseAsync(SecretHash key, CancellationToken cancellationToken);

    /// <summary>
    /// Whether new clients may register; <see cref="RegistrationStatus.Enabled"/> when it was never set. Consistency and cost as for
    /// <see cref="CachedClients.GetCachedAsync"/>.
    /// </summary>
    ValueTask<RegistrationStatus> GetRegistrationStatusAsync(CancellationToken cancellationToken);
}

/// <summary>Reads that may use the cache.</summary>
internal static class CachedClients
{
    /// <summary>
    /// The client from the cache where it is cached (consistency <c>BoundedStaleness</c>, see <see cref="IClientReader.FindCached"/>), or
    /// else as it is stored now.
    /// </summary>
    public static ValueTask<RegisteredClient?> GetCachedAsync(
        this IClientReader reader, ClientId id, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return reader.FindCached(id) is { } cached ? new ValueTask<RegisteredClient?>(cached) : reader.FindAsync(id, cancellationToken);
    }
}
