using GrpcDcr.Server.Model;

namespace GrpcDcr.Server.Storage.LiteDb;

/// <summary>The embedded engine: LiteDB behind a lock, a log and a cache of our own. README.md says why each of them exists.</summary>
/// <param name="options">Where and how large.</param>
/// <param name="time">Wakes the writer each second.</param>
/// <param name="logger">Gets what an operator should know.</param>
/// <param name="files">Where the files come from; <see langword="null"/> for the folder of <paramref name="options"/>.</param>
internal sealed class LiteDbStore(LiteDbOptions options, TimeProvider time, ILogger logger, IStoreFiles? files = null)
    : IRegistrationStore
{
    private readonly StoreCondition condition = new(logger);
    private readonly RecordCache cache = new(options.CacheBytes);
    private OpenStore? open;

    /// <summary>Raised once when no change can be accepted in this process any more. It should end, and start again.</summary>
    public event Action? Stopped
    {
        add => condition.Stopped += value;
        remove => condition.Stopped -= value;
    }

    private OpenStore Store => open ?? throw new StorageException(StorageFailure.Unavailable, "The store is not open.");

    public async ValueTask OpenAsync(CancellationToken cancellationToken) =>
        open = await Task.Run(() => OpenStore.OpenAsync(options, files, cache, condition, time, logger), cancellationToken);

    public ValueTask<RegisteredClient?> FindAsync(ClientId id, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (open is not null && cache.TryGet(id, out var known))
        {
            return new ValueTask<RegisteredClient?>(known);
        }

        var found = Store.Owner.Ask((tables, undurable) => Find(tables, undurable, id), out var seen);
        return seen?.Touches(id) == true ? Later(seen, found, cancellationToken) : new ValueTask<RegisteredClient?>(found);
    }

    public ValueTask<Page<RegisteredClient>> ListAsync(ClientState? state, PageRequest page, CancellationToken cancellationToken) =>
        ClientListing.ReadAsync(Store.Owner, state, page, cancellationToken);

    public ValueTask<Page<AuditEvent>> ListAuditEventsAsync(AuditFilter filter, PageRequest page, CancellationToken cancellationToken) =>
        new AuditListing(Store.Owner, filter, page).ReadAsync(cancellationToken);

    public ValueTask<InitialAccessToken?> FindTokenAsync(InitialAccessTokenId id, CancellationToken cancellationToken) =>
        throw new NotImplementedException();

    public ValueTask<Page<InitialAccessToken>> ListTokensAsync(PageRequest page, CancellationToken cancellationToken) =>
        throw new NotImplementedException();

    public ValueTask<RegistrationSwitch> ReadSwitchAsync(CancellationToken cancellationToken) =>
        new(open is null ? throw new StorageException(StorageFailure.Unavailable, "The store is not open.") : RegistrationSwitch.Open);

    public ValueTask AddTokenAsync(InitialAccessToken token, AuditEvent auditEvent, CancellationToken cancellationToken) =>
        throw new NotImplementedException();

    public ValueTask<RevokeOutcome> RevokeTokenAsync(
        InitialAccessTokenId id, DateTimeOffset revokedAt, AuditEvent auditEvent, CancellationToken cancellationToken) =>
        throw new NotImplementedException();

    public ValueTask SetSwitchAsync(RegistrationSwitch next, AuditEvent auditEvent, CancellationToken cancellationToken) =>
        throw new NotImplementedException();

    public async ValueTask<AddOutcome> AddAsync(
        RegisteredClient client, Spending spending, AuditEvent auditEvent, CancellationToken cancellationToken) =>
        await CommitAsync(Change.Adding(client, auditEvent), cancellationToken) == Ending.IdTaken
            ? AddOutcome.ClientIdTaken
            : AddOutcome.Added;

    public async ValueTask<ReplaceOutcome> ReplaceAsync(
        RegisteredClient next, long expectedVersion, StatementUse? statement, AuditEvent auditEvent, CancellationToken cancellationToken) =>
        await CommitAsync(Change.Replacing(next, expectedVersion, auditEvent), cancellationToken) switch
        {
            Ending.NotFound => ReplaceOutcome.NotFound,
            Ending.VersionConflict => ReplaceOutcome.VersionConflict,
            _ => ReplaceOutcome.Replaced,
        };

    public async ValueTask<RemoveOutcome> RemoveAsync(
        ClientId id, long expectedVersion, AuditEvent auditEvent, CancellationToken cancellationToken) =>
        await CommitAsync(Change.Removing(id, expectedVersion, auditEvent), cancellationToken) switch
        {
            Ending.NotFound => RemoveOutcome.NotFound,
            Ending.VersionConflict => RemoveOutcome.VersionConflict,
            _ => RemoveOutcome.Removed,
        };

    public async ValueTask RecordAsync(AuditEvent auditEvent, CancellationToken cancellationToken) =>
        await CommitAsync(Change.Recording(auditEvent), cancellationToken);

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

    /// <summary>A client that is just being changed does not enter the cache: the writer puts it there once it is durable.</summary>
    private RegisteredClient? Find(LiteDbTables tables, Batch? undurable, ClientId id)
    {
        var found = tables.FindClient(id, out var recordBytes);
        if (found is not null && undurable?.Touches(id) != true)
        {
            cache.Put(found, recordBytes);
        }

        return found;
    }

    private static async ValueTask<RegisteredClient?> Later(Batch seen, RegisteredClient? found, CancellationToken cancellationToken)
    {
        await seen.SettledAsync(cancellationToken);
        return found;
    }
}
