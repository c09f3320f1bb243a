using GrpcDcr.Server.Model;
using GrpcDcr.Server.Storage.Changes;

namespace GrpcDcr.Server.Storage.LiteDb;

/// <summary>The embedded engine: LiteDB behind a lock, a log and a memory of our own. README.md says why each of them exists.</summary>
/// <param name="options">Where and how large.</param>
/// <param name="time">Wakes the writer each second, and says which used statements may be forgotten.</param>
/// <param name="logger">Gets what an operator should know.</param>
/// <param name="files">Where the files come from; <see langword="null"/> for the folder of <paramref name="options"/>.</param>
internal sealed class LiteDbStore(LiteDbOptions options, TimeProvider time, ILogger logger, IStoreFiles? files = null)
    : IStoreArchive
{
    private readonly StoreCondition condition = new(logger);
    private readonly StoreMemory memory = new(options);
    private OpenStore? open;

    /// <summary>Raised once when no change can be accepted in this process any more. It should end, and start again.</summary>
    public event Action? Stopped
    {
        add => condition.Stopped += value;
        remove => condition.Stopped -= value;
    }

    private OpenStore Store => open ?? throw new StorageException(StorageFailure.Unavailable, "The store is not open.");

    public async ValueTask OpenAsync(CancellationToken cancellationToken) =>
        open = await Task.Run(() => OpenStore.OpenAsync(options, files, memory, condition, time, logger), cancellationToken);

    public ValueTask<RegisteredClient?> FindAsync(ClientId id, CancellationToken cancellationToken) =>
        Store.Clients.FindAsync(id, cancellationToken);

    /// <summary>Nobody else changes clients, so that what is remembered is what is stored.</summary>
    public ValueTask<RegisteredClient?> RecallAsync(ClientId id, CancellationToken cancellationToken) => FindAsync(id, cancellationToken);

    public ValueTask<Page<RegisteredClient>> ListAsync(ClientState? state, PageRequest page, CancellationToken cancellationToken) =>
        RecordListing.ReadAsync(
            Store, (tables, limit) => tables.Clients.List(state, page.AfterId(), limit), c => c.Id.ToBytes(), page, cancellationToken);

    public ValueTask<Page<AuditEvent>> ListAuditEventsAsync(AuditFilter filter, PageRequest page, CancellationToken cancellationToken) =>
        new AuditListing(Store, filter, page).ReadAsync(cancellationToken);

    public ValueTask<InitialAccessToken?> FindTokenAsync(InitialAccessTokenId id, CancellationToken cancellationToken) =>
        Store.Tokens.FindAsync(id, cancellationToken);

    public ValueTask<Page<InitialAccessToken>> ListTokensAsync(PageRequest page, CancellationToken cancellationToken) =>
        RecordListing.ReadAsync(
            Store, (tables, limit) => tables.Tokens.List(page.AfterId(), limit), t => t.Id.ToBytes(), page, cancellationToken);

    public ValueTask<RegistrationSwitch> ReadSwitchAsync(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return new ValueTask<RegistrationSwitch>(Store.Memory.Switch);
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

    public ValueTask<Page<StatementUse>> ListStatementsAsync(PageRequest page, CancellationToken cancellationToken) => RecordListing.ReadAsync(
        Store,
        (tables, limit) => tables.Statements.List(page.Token?.Bytes.ToArray() ?? [], limit),
        use => use.Key.Bytes.ToArray(),
        page,
        cancellationToken);

    public async ValueTask<PlaceOutcome> PlaceAsync(ArchivedItem item, CancellationToken cancellationToken) =>
        (await CommitAsync(Change.Placing(item), cancellationToken)).ToPlaceOutcome();

    public ValueTask<StoreHealth> CheckAsync(CancellationToken cancellationToken) => new(
        open is null ? new StoreHealth(false, "The store is not open.") : condition.Health);

    public ValueTask<BackupOutcome> BackUpAsync(string name, CancellationToken cancellationToken) =>
        Store.Backup.TakeAsync(name, cancellationToken);

    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref open, null) is { } store)
        {
            await store.DisposeAsync();
        }
    }

    private Task<Ending> CommitAsync(Change change, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return Store.Writer.CommitAsync(change);
    }
}
