using GrpcDcr.Server.Storage.LiteDb.Journal;
using GrpcDcr.Server.Storage.LiteDb.Tables;
using LiteDB;
using LiteDB.Engine;

namespace GrpcDcr.Server.Storage.LiteDb;

/// <summary>
/// The only listener to LiteDB: one caller at a time, readers included. Two readers at once are answered with each other's documents
/// (LiteDB issue 2817).
/// </summary>
internal sealed class ExclusiveEngine(LiteEngine engine, WalStream log, StoreMarker marker, StoreCondition condition) : IDisposable
{
    private readonly Lock _gate = new();
    private readonly LiteDbTables _tables = new(engine);
    private long _confirmed;
    private bool _closed;

    /// <summary>Reads where the last process left off. To be called once, first.</summary>
    public void Load() => Ask(found =>
    {
        found.Load();
        return true;
    });

    /// <summary>
    /// Brings a store of an older layout up to this one, in one transaction: whoever opens it next finds all of the new layout, or the
    /// old one, and does it again.
    /// </summary>
    /// <returns>The layout it had.</returns>
    public int Upgrade()
    {
        lock (_gate)
        {
            var before = marker.SchemaVersion;
            if (before < StoreMarker.CurrentSchema)
            {
                var upgraded = marker with { SchemaVersion = StoreMarker.CurrentSchema };
                Guarded(() => InTransaction(() => _tables.Create(upgraded)));
                marker = upgraded;
            }

            return before;
        }
    }

    /// <summary>Answers a question. While it is asked, LiteDB does not change.</summary>
    public T Ask<T>(Func<LiteDbTables, T> question)
    {
        lock (_gate)
        {
            return Guarded(() => question(_tables));
        }
    }

    /// <summary>Writes what an entry of the journal leaves behind, in one transaction. When LiteDB refuses, nothing happened.</summary>
    public void Apply(JournalEntry entry, DateTimeOffset now)
    {
        lock (_gate)
        {
            Guarded(() => InTransaction(() => _tables.Write(entry, now)));
            _tables.Advance(entry);
        }
    }

    /// <summary>Takes the pages to disk that were committed. Readers go on meanwhile.</summary>
    /// <exception cref="StorageException"><see cref="StorageFailure.OutcomeUnknown"/>.</exception>
    public void MakeDurable()
    {
        log.AwaitConfirmed(_confirmed);
        log.MakeDurable();
    }

    /// <summary>Writes something that changes nothing, to see that LiteDB and the disk still do.</summary>
    public void Touch()
    {
        lock (_gate)
        {
            Guarded(() => InTransaction(() => marker.Write(engine)));
        }
    }

    /// <summary>Moves the log of pages into the data file.</summary>
    /// <exception cref="IOException">The data file could not be written; the log still has everything.</exception>
    public void Checkpoint()
    {
        lock (_gate)
        {
            engine.Checkpoint();
        }
    }

    public void Dispose()
    {
        lock (_gate)
        {
            _closed = true;
            engine.Dispose();
        }
    }

    private bool InTransaction(Action write)
    {
        try
        {
            engine.BeginTrans();
            write();
            engine.Commit();
            _confirmed++;
            return true;
        }
        catch (Exception)
        {
            // LiteDB has rolled back by itself or does so now. Rolling back may write a transaction of its own.
            engine.Rollback();
            log.AwaitLength(_tables.LogLength());
            _confirmed = log.Confirmed;
            throw;
        }
    }

    private T Guarded<T>(Func<T> work)
    {
        if (_closed)
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
