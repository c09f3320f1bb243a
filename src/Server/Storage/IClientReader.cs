using GrpcDcr.Server.Model;

namespace GrpcDcr.Server.Storage;

/// <summary>Everything that can be asked of a store. Answers never show a change that is not durable yet.</summary>
/// <remarks>Every method throws a <see cref="StorageException"/> when it cannot answer, and nothing else.</remarks>
internal interface IClientReader
{
    /// <summary>The client as it is now, or <see langword="null"/> when there is none. Identifiers compare exactly.</summary>
    ValueTask<RegisteredClient?> FindAsync(ClientId id, CancellationToken cancellationToken);

    /// <summary>
    /// As <see cref="FindAsync"/>, but cheaper where it is remembered: a change that another process made within the last second may be
    /// missing. What this process changed never is.
    /// </summary>
    ValueTask<RegisteredClient?> GetCachedAsync(ClientId id, CancellationToken cancellationToken);

    /// <summary>
    /// Clients in the order of their identifiers, which is the order they registered; only those that
    /// <paramref name="filter"/> asks for. A token stays good under insertions and deletions: no client that was there all the
    /// while is left out or listed twice.
    /// </summary>
    ValueTask<Page<RegisteredClient>> ListAsync(ClientFilter filter, PageRequest page, CancellationToken cancellationToken);

    /// <summary>
    /// Audit events in the order of their sequence. A page may be short, even empty, and still have a next one: the store looks
    /// at a bounded number of events for each page.
    /// </summary>
    ValueTask<Page<AuditEvent>> ListAuditEventsAsync(AuditFilter filter, PageRequest page, CancellationToken cancellationToken);

    /// <summary>The initial access token as it is now, or <see langword="null"/> when there is none.</summary>
    ValueTask<InitialAccessToken?> FindInitialAccessTokenAsync(InitialAccessTokenId id, CancellationToken cancellationToken);

    /// <summary>Initial access tokens in the order of their identifiers, spent and revoked ones too. Paging as in <see cref="ListAsync"/>.</summary>
    ValueTask<Page<InitialAccessToken>> ListInitialAccessTokensAsync(PageRequest page, CancellationToken cancellationToken);

    /// <summary>Whether new clients may register; <see cref="RegistrationStatus.Enabled"/> when nobody ever turned the switch. Cheap.</summary>
    ValueTask<RegistrationStatus> GetRegistrationStatusAsync(CancellationToken cancellationToken);
}
