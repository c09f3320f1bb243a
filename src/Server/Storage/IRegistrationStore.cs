using GrpcDcr.Server.Model;

namespace GrpcDcr.Server.Storage;

/// <summary>
/// Everything the service remembers. Each change is one whole: it happens with its audit event, completely and durably, before the
/// task completes, or not at all.
/// </summary>
/// <remarks>
/// <para>Expected endings are results; then a change that did not happen has left no audit event. Everything else is a
/// <see cref="StorageException"/>, but for what the caller must not ask: a version other than the rules below have it, or a record of
/// more than 256 KiB, is an <see cref="ArgumentException"/> and nothing happens.</para>
/// <para>Changes to one client are linearizable: of any number of changes that expect the same version, one wins.</para>
/// <para>Cancellation counts until a change is accepted; from then on the caller gets its true outcome.</para>
/// <para>The store gives each audit event the next <see cref="AuditEvent.Sequence"/>; what the caller put there is ignored.</para>
/// </remarks>
internal interface IRegistrationStore : IClientReader, IAsyncDisposable
{
    /// <summary>Makes the store ready, creating it where there is none. To be called once, before anything else.</summary>
    /// <exception cref="StorageException">
    /// Damaged, foreign, newer than this program, or in use by another process. The message says what to do.
    /// </exception>
    ValueTask OpenAsync(CancellationToken cancellationToken);

    /// <summary>
    /// Adds a client and spends what admitted it. Its version must be 1. Adding the very same client again, as one does when the outcome
    /// was unknown, is <see cref="AddOutcome.Added"/>, changes nothing more and spends nothing more.
    /// </summary>
    /// <remarks>
    /// A token admits the client if it <see cref="InitialAccessToken.IsUsable"/> when the client is issued; then its uses rise by one. Of
    /// any number of clients that want the last use, one is added.
    /// </remarks>
    ValueTask<AddOutcome> AddAsync(
        RegisteredClient client, ConsumedCredentials consumed, AuditEvent auditEvent, CancellationToken cancellationToken);

    /// <summary>
    /// Puts <paramref name="next"/> in the place of the stored client of the same identifier, if that one's version is
    /// <paramref name="expectedVersion"/>. The version of <paramref name="next"/> must be one more.
    /// </summary>
    /// <param name="next">The client as it is to be.</param>
    /// <param name="expectedVersion">The version it replaces.</param>
    /// <param name="statement">The software statement that is used up; <see langword="null"/> for none.</param>
    /// <param name="auditEvent">Records the change.</param>
    /// <param name="cancellationToken">Counts until the change is accepted.</param>
    ValueTask<ReplaceOutcome> ReplaceAsync(
        RegisteredClient next, long expectedVersion, SoftwareStatementUse? statement, AuditEvent auditEvent, CancellationToken cancellationToken);

    /// <summary>Removes the client, if its version is <paramref name="expectedVersion"/>. Its audit events stay.</summary>
    ValueTask<RemoveOutcome> RemoveAsync(
        ClientId id, long expectedVersion, AuditEvent auditEvent, CancellationToken cancellationToken);

    /// <summary>Adds an initial access token. Its identifier must be new.</summary>
    ValueTask AddInitialAccessTokenAsync(InitialAccessToken token, AuditEvent auditEvent, CancellationToken cancellationToken);

    /// <summary>Revokes an initial access token: it admits nobody any more. Clients that it admitted stay.</summary>
    ValueTask<RevokeOutcome> RevokeInitialAccessTokenAsync(
        InitialAccessTokenId id, DateTimeOffset revokedAt, AuditEvent auditEvent, CancellationToken cancellationToken);

    /// <summary>Turns the switch of registration.</summary>
    ValueTask SetRegistrationStatusAsync(RegistrationStatus next, AuditEvent auditEvent, CancellationToken cancellationToken);

    /// <summary>Records something that changed no client.</summary>
    ValueTask RecordAsync(AuditEvent auditEvent, CancellationToken cancellationToken);

    /// <summary>Whether changes and questions can be answered right now.</summary>
    ValueTask<StoreHealth> CheckAsync(CancellationToken cancellationToken);

    /// <summary>Copies the running store into a new folder below its own backup folder.</summary>
    /// <param name="name">Name of the folder, already checked to be a plain file name.</param>
    /// <param name="cancellationToken">Stops the copy; what was copied is removed.</param>
    ValueTask<BackupOutcome> BackUpAsync(string name, CancellationToken cancellationToken);
}
