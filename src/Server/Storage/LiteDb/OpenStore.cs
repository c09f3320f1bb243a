using GrpcDcr.Server.Model;
using GrpcDcr.Server.Storage.Disk;
using GrpcDcr.Server.Storage.LiteDb.Commit;
using GrpcDcr.Server.Storage.LiteDb.Files;
using GrpcDcr.Server.Storage.LiteDb.Journal;
using GrpcDcr.Server.Storage.LiteDb.PageLog;
using GrpcDcr.Server.Storage.LiteDb.Recovery;
using GrpcDcr.Server.Telemetry;

namespace GrpcDcr.Server.Storage.LiteDb;

/// <summary>The parts of an open store, composed and disposed in the right order.</summary>
internal sealed class OpenStore : IAsyncDisposable
{
    private readonly Stack<IDisposable> _parts = new();

    private OpenStore(StoreOverlay overlay) => Overlay = overlay;

    public StoreOverlay Overlay { get; }

    public RecordLookup<ClientId, RegisteredClient> Clients { get; private set; } = null!;

    public RecordLookup<InitialAccessTokenId, InitialAccessToken> InitialAccessTokens { get; private set; } = null!;

    public ExclusiveEngine Engine { get; private set; } = null!;

    public StoreReads Reads { get; private set; } = null!;

    public ApplyQueue ApplyQueue { get; private set; } = null!;

    public Applier Applier { get; private set; } = null!;

    public GroupCommit Writer { get; private set; } = null!;

    public Backup Backup { get; private set; } = null!;

    /// <exception cref="StorageException">Damaged, foreign, newer, in use, or the disk does not take writes.</exception>
    public static async Task<OpenStore> OpenAsync(
        LiteDbOptions options, IStoreFiles? files, StoreOverlay overlay, StoreCondition condition, TimeProvider time,
        ServiceMetrics metrics, ILogger logger)
    {
        var store = new OpenStore(overlay);
        try
        {
            var (journal, checkpointer) = store.Compose(
                options, files ?? new DiskFiles(options.Folder), condition, time, metrics, logger);
            await store.Applier.Started;
            store.Overlay.RegistrationStatus = store.Engine.Query(tables => tables.RegistrationStatus.Read());
            store.Writer = new GroupCommit(
                store.Engine, overlay, journal, store.ApplyQueue, checkpointer, condition, options, metrics, logger);
            store.Observe(metrics);
            return store;
        }
        catch (Exception e)
        {
            await store.DisposeAsync();
            throw e as StorageException
                ?? new StorageException(StorageFailure.Unavailable, $"The store in {options.Folder} cannot be opened: {e.Message}", e);
        }
    }

    /// <summary>Clients that may match. LiteDB is queried once all durable changes are applied.</summary>
    public async ValueTask<ClientCandidates> FindAsync(ClientQuery query, CancellationToken cancellationToken)
    {
        await ApplyQueue.AppliedAsync(cancellationToken);
        return Reads.Query("list", "clients", tables => tables.Clients.Find(query));
    }

    /// <summary>How many clients there are. LiteDB is queried once all durable changes are applied.</summary>
    public async ValueTask<ClientCounts> CountAsync(CancellationToken cancellationToken)
    {
        await ApplyQueue.AppliedAsync(cancellationToken);
        return Reads.Query("count", "clients", tables =>
            ListedState.CountsOf(tables.Clients.Counts.ByState(), tables.Clients.Find(ListedState.OldestPending)));
    }

    public async ValueTask DisposeAsync()
    {
        if (Backup is not null)
        {
            await Backup.DisposeAsync();
        }

        if (Writer is not null)
        {
            await Writer.DisposeAsync();
        }

        if (Applier is not null)
        {
            await Applier.DisposeAsync();
        }

        while (_parts.TryPop(out var part))
        {
            part.Dispose();
        }
    }

    private (ChangeJournal Journal, Checkpointer Checkpointer) Compose(
        LiteDbOptions options, IStoreFiles files, StoreCondition condition, TimeProvider time, ServiceMetrics metrics, ILogger logger)
    {
        PrivateFolder.Create(options.Folder);
        Own(StoreLock.Take(options.Folder));
        var (log, data, created) = StoreOpening.Open(files, options, time);
        Own(log);
        Own(data);
        var logStream = new WalStream(log);
        var (engine, marker) = StoreOpening.Engine(data, new DataStream(data, logStream), logStream, log.StoreId);
        Engine = Own(new ExclusiveEngine(engine, logStream, marker, condition));
        var journal = Own(ChangeJournal.Open(files, log.StoreId, options.SegmentBytes, mayCreate: false));
        log.WriteAgain();
        log.LayOut(options.LogBytes);
        Engine.Load();
        Report(logger, options.Folder, created, log.Recovered, journal);
        Reads = new StoreReads(Engine, metrics);
        Clients = new(Reads, "clients", Overlay.Clients, (tables, id) => tables.Clients.Find(id));
        InitialAccessTokens = new(
            Reads, "initial_access_tokens", Overlay.InitialAccessTokens, (tables, id) => tables.InitialAccessTokens.Find(id));
        var checkpointer = new Checkpointer(Engine, logStream, journal, condition, options, time, logger);
        ApplyQueue = new ApplyQueue(options, condition, time);
        Applier = new Applier(Engine, Overlay, journal, ApplyQueue, checkpointer, condition, time);
        var backups = new BackupFolder(options.Folder, options.OtherFiles);
        backups.RemoveUnfinished();
        Backup = new Backup(backups, data, log, ApplyQueue, checkpointer, logger);
        return (journal, checkpointer);
    }

    private void Observe(ServiceMetrics metrics)
    {
        metrics.Observe<long>(InstrumentTable.QueuedChanges, () => Writer.Queued);
        metrics.Observe<long>(InstrumentTable.UnappliedRecords, () => ApplyQueue.Size);
        metrics.Observe<long>(InstrumentTable.CacheSize, () => Overlay.Clients.CacheBytes);
    }

    private static void Report(ILogger logger, string folder, bool created, WalContents recovered, ChangeJournal journal)
    {
        if (created)
        {
            logger.Created(folder);
        }

        if (recovered.TornFrames > 0)
        {
            logger.TornBatch(recovered.TornFrames);
        }

        if (journal.Torn)
        {
            logger.TornEntry();
        }

        logger.Opened(folder, recovered.Pages.Count);
    }

    private T Own<T>(T part)
        where T : IDisposable
    {
        _parts.Push(part);
        return part;
    }
}
