using GrpcDcr.Server.Model;

namespace GrpcDcr.Server.Storage;

/// <summary>
/// The store of the service. Each change is atomic: it happens together with its audit event, completely and durably, before the task
/// completes, or not at all.
/// </summary>
/// <remarks>
/// <para>Expected outcomes are results; a change that did not happen leaves no audit event. Every other failure is a
/// <see cref="StorageException"/>, except for mistakes of the caller: a version that breaks the rules below, or a record of more than 256
/// KiB, is an <see cref="ArgumentException"/>, and nothing happens.</para>
/// <para>Changes to one client are linearizable: of any number of changes that expect the same version, one wins.</para>
/// <para>A change can be cancelled until it is queued; from then on the caller gets its true outcome.</para>
/// <para>The store gives each audit event the next <see cref="AuditEvent.Sequence"/>; what the caller put there is ignored.</para>
/// </remarks>
internal interface IRegistrationStore : IClientReader, IAsyncDisposable
{
    /// <summary>Opens the store, or creates it if it does not exist. To be called once, before anything else.</summary>
    /// <exception cref="StorageException">
    /// Damaged, foreign, newer than this program, or in use by another process. The message says what to do.
    /// </exception>
    ValueTask OpenAsync(CancellationToken cancellationToken);

    /// <summary>
    /// Adds a client and consumes what admitted it. Its version must be 1. Adding an equal client again, as callers do when the outcome was
    /// unknown, is <see cref="AddOutcome.Added"/>; nothing changes and nothing is consumed a second time.
    /// </summary>
    /// <remarks> An initial access token admits the client if it <see cref="InitialAccessToken.IsUsable"/> when the client is issued; then
    /// its uses rise by one. Of any number of concurrent clients that need its last use, one is added.
    /// </remarks>
    ValueTask<AddOutcome> AddAsync(
        RegisteredClient client, ConsumedCredentials consumed, AuditEvent auditEvent, CancellationToken cancellationToken);

    /// <summary>
    /// Replaces the stored client of the same identifier with <paramref name="next"/>, if its version is
    /// <paramref name="expectedVersion"/>. The version of <paramref name="next"/> must be one more.
    /// </summary>
    /// <param name="next">The new version.</param>
    /// <param name="expectedVersion">The version it replaces.</param>
    /// <param name="use">The software statement or request that is consumed; <see langword="null"/> for none.</param>
    /// <param name="auditEvent">The audit event of the change.</param>
    /// <param name="cancellationToken">Cancels the change until it is queued.</param>
    ValueTask<ReplaceOutcome> ReplaceAsync(
        RegisteredClient next, long expectedVersion, OneTimeUse? use, AuditEvent auditEvent,
        CancellationToken cancellationToken);

    /// <summary>Removes the client, if its version is <paramref name="expectedVersion"/>. Its audit events stay.</summary>
    ValueTask<RemoveOutcome> RemoveAsync(
        ClientId id, long expectedVersion, AuditEvent auditEvent, CancellationToken cancellationToken);

    /// <summary>Adds an initial access token. Its identifier must be new.</summary>
    /// <param name="token">The token.</param>
    /// <param name="request">The call that must not take effect again; <see langword="null"/> without a <c>request_id</c>.</param>
    /// <param name="auditEvent">The audit event of the change.</param>
    /// <param name="cancellationToken">Cancels the change until it is queued.</param>
    ValueTask<IssueOutcome> AddInitialAccessTokenAsync(
        InitialAccessToken token, OneTimeUse? request, AuditEvent auditEvent, CancellationToken cancellationToken);

    /// <summary>Revokes an initial access token: it admits no further clients. Clients that it admitted stay.</summary>
    ValueTask<RevokeOutcome> RevokeInitialAccessTokenAsync(
        InitialAccessTokenId id, DateTimeOffset revokedAt, AuditEvent auditEvent, CancellationToken cancellationToken);

    /// <summary>Sets whether new clients may register. The block rules stay.</summary>
    ValueTask SetRegistrationStatusAsync(RegistrationStatus next, AuditEvent auditEvent, CancellationToken cancellationToken);

    /// <summary>
    /// Adds a block rule to the <see cref="RegistrationStatus"/>, and removes those that have expired when it is created. Its identifier
    /// must be new.
    /// </summary>
    ValueTask<AddBlockRuleOutcome> AddBlockRuleAsync(BlockRule rule, AuditEvent auditEvent, CancellationToken cancellationToken);

    /// <summary>Removes a block rule from the <see cref="RegistrationStatus"/>.</summary>
    ValueTask<RemoveOutcome> RemoveBlockRuleAsync(Guid id, AuditEvent auditEvent, CancellationToken cancellationToken);

    /// <summary>Records an audit event that belongs to no change.</summary>
    ValueTask RecordAsync(AuditEvent auditEvent, CancellationToken cancellationToken);

    /// <summary>Whether the store can answer reads and accept changes now.</summary>
    ValueTask<StoreHealth> CheckAsync(CancellationToken cancellationToken);

    /// <summary>Whether <see cref="BackUpAsync"/> can make a backup. It can be asked at any time.</summary>
    bool CanBackUp { get; }

    /// <summary>
    /// Copies the running store into a new folder below its own backup folder. The audit event is recorded before the folder appears: no
    /// backup is without its event, but if the process ends in between, the event is there and the backup is not.
    /// </summary>
    /// <param name="name">Name of the folder, already checked to be a plain file name that does not start with a dot.</param>
    /// <param name="auditEvent">The audit event of the backup. It is not in the copy.</param>
    /// <param name="cancellationToken">Stops the copy; what was copied is removed.</param>
    ValueTask<BackupOutcome> BackUpAsync(string name, AuditEvent auditEvent, CancellationToken cancellationToken);
}
