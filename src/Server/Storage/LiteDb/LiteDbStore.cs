using GrpcDcr.Server.Model;
using GrpcDcr.Server.Storage.LiteDb.Commit;
using GrpcDcr.Server.Storage.LiteDb.Files;
using GrpcDcr.Server.Storage.Writes;
using GrpcDcr.Server.Telemetry;

namespace GrpcDcr.Server.Storage.LiteDb;

/// <summary>
/// The embedded engine: LiteDB behind an exclusive lock, a journal and a log of pages. README.md says why each of them exists.
/// </summary>
/// <param name="options">Folder and limits.</param>
/// <param name="time">Triggers checkpoints, and says which one-time uses have expired.</param>
/// <param name="logger">Log of the store.</param>
/// <param name="files">Files of the store; <see langword="null"/> for those in the folder of <paramref name="options"/>.</param>
internal sealed class LiteDbStore(LiteDbOptions options, TimeProvider time, ILogger logger, IStoreFiles? files = null)
    : IStoreArchive
{
    /// <summary>Measures the store. Default: nothing is measured.</summary>
    public ServiceMetrics Metrics { get; init; } = ServiceMetrics.None;

    private readonly StoreCondition _condition = new(logger);
    private readonly StoreOverlay _overlay = new(options);
    private OpenStore? _open;

    /// <summary>Raised once, when this process can accept no more changes. It should be restarted.</summary>
    public event Action? Stopped
    {
        add => _condition.Stopped += value;
        remove => _condition.Stopped -= value;
    }

    private OpenStore Store => _open ?? throw new StorageException(StorageFailure.Unavailable, "The store is not open.");

    public async ValueTask OpenAsync(CancellationToken cancellationToken) =>
        _open = await Task.Run(() => OpenStore.OpenAsync(options, files, _overlay, _condition, time, Metrics, logger), cancellationToken);

    public ValueTask<RegisteredClient?> FindAsync(ClientId id, CancellationToken cancellationToken) =>
        Store.Clients.FindAsync(id, Metrics, cancellationToken);

    /// <summary>No other process changes clients, so it is always current.</summary>
    public RegisteredClient? FindCached(ClientId id) => Store.Clients.FindCached(id, Metrics);

    public ValueTask<Page<RegisteredClient>> ListAsync(ClientFilter filter, PageRequest page, CancellationToken cancellationToken) =>
        ClientListing.ReadAsync(filter, page, Store.FindAsync, cancellationToken);

    public ValueTask<ClientCounts> CountAsync(CancellationToken cancellationToken) => Store.CountAsync(cancellationToken);

    public ValueTask<Page<AuditEvent>> ListAuditEventsAsync(AuditFilter filter, PageRequest page, CancellationToken cancellationToken) =>
        new AuditListing(Store, filter, page).ReadAsync(cancellationToken);

    public ValueTask<InitialAccessToken?> FindInitialAccessTokenAsync(InitialAccessTokenId id, CancellationToken cancellationToken) =>
        Store.InitialAccessTokens.FindAsync(id, metrics: null, cancellationToken);

    public ValueTask<Page<InitialAccessToken>> ListInitialAccessTokensAsync(PageRequest page, CancellationToken cancellationToken) =>
        RecordListing.ReadAsync(
            Store, "initial_access_tokens", (tables, limit) => tables.InitialAccessTokens.List(page.AfterId(), limit), t => t.Id.ToBytes(),
            page, cancellationToken);

    public ValueTask<OneTimeUse?> FindOneTimeUseAsync(SecretHash key, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return new ValueTask<OneTimeUse?>(
            Store.Overlay.FindUse(key) ?? Store.Reads.Query("find", "one_time_uses", tables => tables.OneTimeUses.Find(key)));
    }

    public ValueTask<RegistrationStatus> GetRegistrationStatusAsync(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return new ValueTask<RegistrationStatus>(Store.Overlay.RegistrationStatus);
    }

    public ValueTask<AddOutcome> AddAsync(
        RegisteredClient client, ConsumedCredentials consumed, AuditEvent auditEvent, CancellationToken cancellationToken) =>
        CommitAsync(Change.Adding(client, consumed, auditEvent), ChangeOutcomes.ToAddOutcome, cancellationToken);

    public ValueTask<ReplaceOutcome> ReplaceAsync(
        RegisteredClient next, long expectedVersion, OneTimeUse? use, AuditEvent auditEvent,
        CancellationToken cancellationToken) =>
        CommitAsync(Change.Replacing(next, expectedVersion, use, auditEvent), ChangeOutcomes.ToReplaceOutcome, cancellationToken);

    public ValueTask<RemoveOutcome> RemoveAsync(
        ClientId id, long expectedVersion, AuditEvent auditEvent, CancellationToken cancellationToken) =>
        CommitAsync(Change.Removing(id, expectedVersion, auditEvent), ChangeOutcomes.ToRemoveOutcome, cancellationToken);

    public ValueTask<IssueOutcome> AddInitialAccessTokenAsync(
        InitialAccessToken token, OneTimeUse? request, AuditEvent auditEvent, CancellationToken cancellationToken) =>
        CommitAsync(Change.AddingInitialAccessToken(token, request, auditEvent), ChangeOutcomes.ToIssueOutcome, cancellationToken);

    public ValueTask<RevokeOutcome> RevokeInitialAccessTokenAsync(
        InitialAccessTokenId id, DateTimeOffset revokedAt, AuditEvent auditEvent, CancellationToken cancellationToken) =>
        CommitAsync(Change.RevokingInitialAccessToken(id, revokedAt, auditEvent), ChangeOutcomes.ToRevokeOutcome, cancellationToken);

    public async ValueTask SetRegistrationStatusAsync(
        RegistrationStatus next, AuditEvent auditEvent, CancellationToken cancellationToken) =>
        (await CommitAsync(Change.SettingRegistrationStatus(next, auditEvent), outcome => outcome, cancellationToken)).RequireDone();

    public ValueTask<AddBlockRuleOutcome> AddBlockRuleAsync(
        BlockRule rule, AuditEvent auditEvent, CancellationToken cancellationToken) =>
        CommitAsync(Change.AddingBlockRule(rule, auditEvent), ChangeOutcomes.ToAddBlockRuleOutcome, cancellationToken);

    public ValueTask<RemoveOutcome> RemoveBlockRuleAsync(Guid id, AuditEvent auditEvent, CancellationToken cancellationToken) =>
        CommitAsync(Change.RemovingBlockRule(id, auditEvent), ChangeOutcomes.ToRemoveOutcome, cancellationToken);

    public async ValueTask RecordAsync(AuditEvent auditEvent, CancellationToken cancellationToken) =>
        (await CommitAsync(Change.Recording(auditEvent), outcome => outcome, cancellationToken)).RequireDone();

    public ValueTask<Page<OneTimeUse>> ListOneTimeUsesAsync(
        PageRequest page, CancellationToken cancellationToken) => RecordListing.ReadAsync(
        Store,
        "one_time_uses",
        (tables, limit) => tables.OneTimeUses.List(page.Token?.Bytes.ToArray() ?? [], limit),
        use => use.Key.Bytes.ToArray(),
        page,
        cancellationToken);

    public ValueTask<ImportOutcome> ImportAsync(ArchivedItem item, CancellationToken cancellationToken) =>
        CommitAsync(Change.Importing(item), ChangeOutcomes.ToImportOutcome, cancellationToken);

    public ValueTask<StoreHealth> CheckAsync(CancellationToken cancellationToken) => new(
        _open is null ? new StoreHealth(false, "The store is not open.") : _condition.Health);

    public bool CanBackUp => true;

    public ValueTask<BackupOutcome> BackUpAsync(string name, AuditEvent auditEvent, CancellationToken cancellationToken) =>
        Store.Backup.BackUpAsync(name, () => RecordAsync(auditEvent, CancellationToken.None), cancellationToken);

    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _open, null) is { } store)
        {
            await store.DisposeAsync();
        }
    }

    private ValueTask<T> CommitAsync<T>(Change change, Func<ChangeOutcome, T> answer, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return CommitMeasurement.RunAsync(Metrics, Attributes.LiteDb, Store.Writer.CommitAsync, change, answer);
    }
}
