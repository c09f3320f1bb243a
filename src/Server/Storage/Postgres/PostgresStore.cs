using GrpcDcr.Server.Model;
using GrpcDcr.Server.Storage.Postgres.Connections;
using GrpcDcr.Server.Storage.Writes;
using GrpcDcr.Server.Telemetry;

namespace GrpcDcr.Server.Storage.Postgres;

/// <summary>
/// The engine for several instances: PostgreSQL, and databases of the same protocol. README.md says how it keeps the contract.
/// </summary>
/// <param name="options">Connection and limits.</param>
/// <param name="time">Paces the feed, and says which one-time uses have expired.</param>
/// <param name="logger">Log of the store.</param>
internal sealed class PostgresStore(PostgresOptions options, TimeProvider time, ILogger logger) : IStoreArchive
{
    private OpenDatabase? _open;

    /// <summary>Measures the store. Default: nothing is measured.</summary>
    public ServiceMetrics Metrics { get; init; } = ServiceMetrics.None;

    private OpenDatabase Database => _open ?? throw new StorageException(StorageFailure.Unavailable, "The store is not open.");

    public async ValueTask OpenAsync(CancellationToken cancellationToken) =>
        _open = await OpenDatabase.OpenAsync(options, time, Metrics, logger, cancellationToken);

    public async ValueTask<RegisteredClient?> FindAsync(ClientId id, CancellationToken cancellationToken) =>
        await Database.Clients.FindAsync(id, cancellationToken);

    public RegisteredClient? FindCached(ClientId id) => Database.Clients.FindCached(id);

    public async ValueTask<Page<RegisteredClient>> ListAsync(ClientFilter filter, PageRequest page, CancellationToken cancellationToken) =>
        await Database.Clients.ListAsync(filter, page, cancellationToken);

    public async ValueTask<ClientCounts> CountAsync(CancellationToken cancellationToken) =>
        await Database.Clients.CountAsync(cancellationToken);

    public async ValueTask<Page<AuditEvent>> ListAuditEventsAsync(
        AuditFilter filter, PageRequest page, CancellationToken cancellationToken) =>
        await AuditQuery.ListAsync(Database.Source, filter, page, cancellationToken);

    public async ValueTask<InitialAccessToken?> FindInitialAccessTokenAsync(InitialAccessTokenId id, CancellationToken cancellationToken) =>
        await InitialAccessTokenQueries.FindAsync(Database.Source, id, cancellationToken);

    public async ValueTask<Page<InitialAccessToken>> ListInitialAccessTokensAsync(PageRequest page, CancellationToken cancellationToken) =>
        await InitialAccessTokenQueries.ListAsync(Database.Source, page, cancellationToken);

    public async ValueTask<OneTimeUse?> FindOneTimeUseAsync(SecretHash key, CancellationToken cancellationToken) =>
        await OneTimeUseQueries.FindAsync(Database.Source, key, cancellationToken);

    public async ValueTask<RegistrationStatus> GetRegistrationStatusAsync(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return Database.CachedRegistrationStatus ?? await Database.Feed.ReadRegistrationStatusAsync(cancellationToken);
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

    public async ValueTask<Page<OneTimeUse>> ListOneTimeUsesAsync(
        PageRequest page, CancellationToken cancellationToken) =>
        await OneTimeUseQueries.ListAsync(Database.Source, page, cancellationToken);

    public ValueTask<ImportOutcome> ImportAsync(ArchivedItem item, CancellationToken cancellationToken) =>
        CommitAsync(Change.Importing(item), ChangeOutcomes.ToImportOutcome, cancellationToken);

    public ValueTask<StoreHealth> CheckAsync(CancellationToken cancellationToken) => new(
        _open is null ? new StoreHealth(false, "The store is not open.") : _open.Health);

    public bool CanBackUp => false;

    public ValueTask<BackupOutcome> BackUpAsync(string name, AuditEvent auditEvent, CancellationToken cancellationToken)
    {
        _ = Database;
        return new ValueTask<BackupOutcome>(new BackupOutcome(BackupResult.NotSupported));
    }

    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _open, null) is { } database)
        {
            await database.DisposeAsync();
        }
    }

    private ValueTask<T> CommitAsync<T>(Change change, Func<ChangeOutcome, T> answer, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return CommitMeasurement.RunAsync(Metrics, Attributes.Postgres, Database.Writer.CommitAsync, change, answer);
    }
}
