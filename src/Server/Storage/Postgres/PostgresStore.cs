using GrpcDcr.Server.Model;
using GrpcDcr.Server.Storage.Changes;

namespace GrpcDcr.Server.Storage.Postgres;

/// <summary>The engine for several instances: PostgreSQL, and what speaks its protocol. README.md says how it keeps the contract.</summary>
/// <param name="options">Which database, and bounds.</param>
/// <param name="time">Paces the feed, and says which used statements may be forgotten.</param>
/// <param name="logger">Gets what an operator should know.</param>
internal sealed class PostgresStore(PostgresOptions options, TimeProvider time, ILogger logger) : IStoreArchive
{
    private OpenDatabase? open;

    private OpenDatabase Database => open ?? throw new StorageException(StorageFailure.Unavailable, "The store is not open.");

    public async ValueTask OpenAsync(CancellationToken cancellationToken) =>
        open = await OpenDatabase.OpenAsync(options, time, logger, cancellationToken);

    public async ValueTask<RegisteredClient?> FindAsync(ClientId id, CancellationToken cancellationToken) =>
        await Database.Clients.FindAsync(id, cancellationToken);

    public ValueTask<RegisteredClient?> RecallAsync(ClientId id, CancellationToken cancellationToken) =>
        Database.Clients.RecallAsync(id, cancellationToken);

    public async ValueTask<Page<RegisteredClient>> ListAsync(ClientState? state, PageRequest page, CancellationToken cancellationToken) =>
        await Database.Clients.ListAsync(state, page, cancellationToken);

    public async ValueTask<Page<AuditEvent>> ListAuditEventsAsync(AuditFilter filter, PageRequest page, CancellationToken cancellationToken) =>
        await AuditQuery.ListAsync(Database.Source, filter, page, cancellationToken);

    public async ValueTask<InitialAccessToken?> FindTokenAsync(InitialAccessTokenId id, CancellationToken cancellationToken) =>
        await TokenQueries.FindAsync(Database.Source, id, cancellationToken);

    public async ValueTask<Page<InitialAccessToken>> ListTokensAsync(PageRequest page, CancellationToken cancellationToken) =>
        await TokenQueries.ListAsync(Database.Source, page, cancellationToken);

    public async ValueTask<RegistrationSwitch> ReadSwitchAsync(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return Database.KnownSwitch ?? await Database.Feed.ReadSwitchAsync(cancellationToken);
    }

    public async ValueTask<AddOutcome> AddAsync(
        RegisteredClient client, Spending spending, AuditEvent auditEvent, CancellationToken cancellationToken) =>
        (await CommitAsync(Change.Adding(client, spending, auditEvent), cancellationToken)).ToAddOutcome();

    public async ValueTask<ReplaceOutcome> ReplaceAsync(
        RegisteredClient next, long expectedVersion, StatementUse? statement, AuditEvent auditEvent, CancellationToken cancellationToken) =>
        (await CommitAsync(Change.Replacing(next, expectedVersion, statement, auditEvent), cancellationToken)).ToReplaceOutcome();

    public async ValueTask<RemoveOutcome> RemoveAsync(
        ClientId id, long expectedVersion, AuditEvent auditEvent, CancellationToken cancellationToken) =>
        (await CommitAsync(Change.Removing(id, expectedVersion, auditEvent), cancellationToken)).ToRemoveOutcome();

    public async ValueTask AddTokenAsync(InitialAccessToken token, AuditEvent auditEvent, CancellationToken cancellationToken)
    {
        if (await CommitAsync(Change.AddingToken(token, auditEvent), cancellationToken) == Ending.IdTaken)
        {
            throw new ArgumentException("A new initial access token has a new identifier.", nameof(token));
        }
    }

    public async ValueTask<RevokeOutcome> RevokeTokenAsync(
        InitialAccessTokenId id, DateTimeOffset revokedAt, AuditEvent auditEvent, CancellationToken cancellationToken) =>
        (await CommitAsync(Change.RevokingToken(id, revokedAt, auditEvent), cancellationToken)).ToRevokeOutcome();

    public async ValueTask SetSwitchAsync(RegistrationSwitch next, AuditEvent auditEvent, CancellationToken cancellationToken) =>
        await CommitAsync(Change.Turning(next, auditEvent), cancellationToken);

    public async ValueTask RecordAsync(AuditEvent auditEvent, CancellationToken cancellationToken) =>
        await CommitAsync(Change.Recording(auditEvent), cancellationToken);

    public async ValueTask<Page<StatementUse>> ListStatementsAsync(PageRequest page, CancellationToken cancellationToken) =>
        await StatementQuery.ListAsync(Database.Source, page, cancellationToken);

    public async ValueTask<PlaceOutcome> PlaceAsync(ArchivedItem item, CancellationToken cancellationToken) =>
        (await CommitAsync(Change.Placing(item), cancellationToken)).ToPlaceOutcome();

    public ValueTask<StoreHealth> CheckAsync(CancellationToken cancellationToken) => new(
        open is null ? new StoreHealth(false, "The store is not open.") : open.Health);

    public ValueTask<BackupOutcome> BackUpAsync(string name, CancellationToken cancellationToken)
    {
        _ = Database;
        return new ValueTask<BackupOutcome>(new BackupOutcome(BackupResult.NotSupported));
    }

    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref open, null) is { } database)
        {
            await database.DisposeAsync();
        }
    }

    private Task<Ending> CommitAsync(Change change, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return Database.Writer.CommitAsync(change);
    }
}
