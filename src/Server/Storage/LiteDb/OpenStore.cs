using GrpcDcr.Server.Model;
using GrpcDcr.Server.Storage.LiteDb.Journal;

namespace GrpcDcr.Server.Storage.LiteDb;

/// <summary>The parts of a store that is open, put together and taken apart in the right order.</summary>
internal sealed class OpenStore : IAsyncDisposable
{
    private readonly Stack<IDisposable> _parts = new();

    private OpenStore(StoreOverlay memory) => Memory = memory;

    public StoreOverlay Memory { get; }

    public RecordLookup<ClientId, RegisteredClient> Clients { get; private set; } = null!;

    public RecordLookup<InitialAccessTokenId, InitialAccessToken> Tokens { get; private set; } = null!;

    public ExclusiveEngine Engine { get; private set; } = null!;

    public Applier Applier { get; private set; } = null!;

    public GroupCommit Writer { get; private set; } = null!;

    public Backup Backup { get; private set; } = null!;

    /// <exception cref="StorageException">Damaged, foreign, newer, in use, or the disk does not take writes.</exception>
    public static async Task<OpenStore> OpenAsync(
        LiteDbOptions options, IStoreFiles? files, StoreOverlay memory, StoreCondition condition, TimeProvider time, ILogger logger)
    {
        var store = new OpenStore(memory);
        try
        {
            var (journal, checkpointer) = store.Compose(options, files ?? new DiskFiles(options.Folder), condition, time, logger);
            await store.Applier.Started;
            store.Memory.RegistrationStatus = store.Engine.Ask(tables => tables.RegistrationStatus.Read());
            store.Writer = new GroupCommit(
                store.Engine, memory, journal, store.Applier, checkpointer, condition, options, logger);
            return store;
        }
        catch (Exception e)
        {
            await store.DisposeAsync();
            throw e as StorageException
                ?? new StorageException(StorageFailure.Unavailable, $"The store in {options.Folder} cannot be opened: {e.Message}", e);
        }
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
        LiteDbOptions options, IStoreFiles files, StoreCondition condition, TimeProvider time, ILogger logger)
    {
        DiskFiles.CreateFolder(options.Folder);
        Keep(StoreLock.Take(options.Folder));
        var (log, data, created) = StoreOpening.Open(files, options, time);
        Keep(log);
        Keep(data);
        var logStream = new WalStream(log);
        var (engine, marker) = StoreOpening.Engine(data, new DataStream(data, logStream), logStream, log.StoreId);
        Engine = Keep(new ExclusiveEngine(engine, logStream, marker, condition));
        var journal = Keep(ChangeJournal.Open(
            files, log.StoreId, options, mayCreate: marker.SchemaVersion < StoreMarker.SchemaWithJournal));
        log.LayOut(options.LogBytes);
        Engine.Load();
        Tell(logger, options.Folder, created, log.Recovered, journal, Engine.Upgrade());
        Clients = new(Engine, Memory.Clients, (tables, id) => tables.Clients.Find(id));
        Tokens = new(Engine, Memory.Tokens, (tables, id) => tables.InitialAccessTokens.Find(id));
        var checkpointer = new Checkpointer(Engine, logStream, journal, condition, options, time, logger);
        Applier = new Applier(Engine, Memory, journal, checkpointer, condition, options, time);
        Backup = new Backup(options.Folder, data, log, Applier, checkpointer, logger);
        return (journal, checkpointer);
    }

    private static void Tell(ILogger logger, string folder, bool created, WalContents recovered, ChangeJournal journal, int layout)
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

        if (layout < StoreMarker.CurrentSchema)
        {
            logger.Upgraded(layout, StoreMarker.CurrentSchema);
        }

        logger.Opened(folder, recovered.Pages.Count);
    }

    private T Keep<T>(T part)
        where T : IDisposable
    {
        _parts.Push(part);
        return part;
    }
}
