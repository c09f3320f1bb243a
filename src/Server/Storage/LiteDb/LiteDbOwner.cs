using GrpcDcr.Server.Storage.Changes;
using GrpcDcr.Server.Storage.LiteDb.Tables;
using LiteDB;
using LiteDB.Engine;

namespace GrpcDcr.Server.Storage.LiteDb;

/// <summary>
/// The only door to LiteDB: one caller at a time, readers included. Two readers at once are answered with each other's documents
/// (LiteDB issue 2817).
/// </summary>
internal sealed class LiteDbOwner(LiteEngine engine, WalStream log, StoreMarker marker, StoreCondition condition) : IDisposable
{
    private readonly Lock gate = new();
    private readonly LiteDbTables tables = new(engine);
    private Batch? undurable;
    private long confirmed;
    private bool closed;

    /// <summary>Reads where the last process left off. To be called once, first.</summary>
    public void Load(StoreMemory memory) => Guarded(() =>
    {
        tables.Load();
        memory.Switch = tables.Switch.Read();
        return true;
    });

    /// <summary>
    /// Brings a store of an older layout up to this one, in one transaction: whoever opens it next finds all of the new layout, or the
    /// old one, and does it again.
    /// </summary>
    /// <returns>The layout it had.</returns>
    public int Upgrade()
    {
        lock (gate)
        {
            var before = marker.SchemaVersion;
            if (before < StoreMarker.CurrentSchema)
            {
                var upgraded = marker with { SchemaVersion = StoreMarker.CurrentSchema };
                Guarded(() => InTransaction(() => tables.Create(upgraded)));
                marker = upgraded;
            }

            return before;
        }
    }

    /// <summary>
    /// Answers a question. <paramref name="seen"/> is the batch that the answer may show although it is not durable: whoever hands
    /// the answer on waits for it.
    /// </summary>
    /// <param name="question">Gets the collections, and the batch that is not durable.</param>
    /// <param name="seen"><see langword="null"/> when all is durable.</param>
    public T Ask<T>(Func<LiteDbTables, Batch?, T> question, out Batch? seen)
    {
        lock (gate)
        {
            seen = undurable;
            return Guarded(() => question(tables, undurable));
        }
    }

    /// <summary>
    /// Judges and writes changes in one transaction; none of it has reached the disk then. When LiteDB refuses, nothing happened.
    /// </summary>
    public Batch Commit(IReadOnlyList<Change> changes, StoreMemory memory, DateTimeOffset now)
    {
        lock (gate)
        {
            var batch = Guarded(() => new Batch(changes, Stored(memory)));
            if (batch.Happening.Count > 0)
            {
                Guarded(() => InTransaction(() => tables.Write(batch, now)));
                tables.Advance(batch);
                undurable = batch;
            }

            return batch;
        }
    }

    /// <summary>Takes to disk what was committed. Readers go on meanwhile.</summary>
    /// <exception cref="StorageException"><see cref="StorageFailure.OutcomeUnknown"/>.</exception>
    public void MakeDurable()
    {
        log.AwaitConfirmed(confirmed);
        log.MakeDurable();
    }

    /// <summary>The last batch is durable, and the memory knows it.</summary>
    public void Settle()
    {
        lock (gate)
        {
            undurable = null;
        }
    }

    /// <summary>Writes something that changes nothing, to see that LiteDB and the disk still do.</summary>
    public void Touch()
    {
        lock (gate)
        {
            Guarded(() => InTransaction(() => marker.Write(engine)));
        }
    }

    /// <summary>Moves the log into the data file.</summary>
    /// <exception cref="IOException">The data file could not be written; the log still has everything.</exception>
    public void Checkpoint()
    {
        lock (gate)
        {
            engine.Checkpoint();
        }
    }

    public void Dispose()
    {
        lock (gate)
        {
            closed = true;
            engine.Dispose();
        }
    }

    private Draft Stored(StoreMemory memory) => new(
        id => memory.Clients.TryGet(id, out var known) ? known : tables.Clients.MayHave(id) ? tables.Clients.Find(id)?.Value : null,
        id => memory.Tokens.TryGet(id, out var known) ? known : tables.Tokens.Find(id)?.Value,
        tables.Statements.Has,
        tables.Audit.LastSequence);

    private bool InTransaction(Action write)
    {
        try
        {
            engine.BeginTrans();
            write();
            engine.Commit();
            confirmed++;
            return true;
        }
        catch (Exception)
        {
            // LiteDB has rolled back by itself or does so now. Rolling back may write a transaction of its own.
            engine.Rollback();
            log.AwaitLength(tables.LogLength());
            confirmed = log.Confirmed;
            throw;
        }
    }

    private T Guarded<T>(Func<T> work)
    {
        if (closed)
        {
            throw new StorageException(StorageFailure.Unavailable, "The store is closed.");
        }

        try
        {
            return work();
        }
        catch (Exception e) when (e is not StorageException)
        {
            if (ClosesLiteDb(e))
            {
                condition.Stop("LiteDB could not read its own file.", e);
            }

            throw StoreFault.Damaged("LiteDB could not answer", e);
        }
    }

    /// <summary>On these LiteDB closes itself, and on a closed one every call fails.</summary>
    private static bool ClosesLiteDb(Exception e) =>
        e is IOException or LiteException { ErrorCode: LiteException.INVALID_DATAFILE_STATE or LiteException.ENGINE_DISPOSED };
}
