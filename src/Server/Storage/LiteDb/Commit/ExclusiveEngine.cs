using GrpcDcr.Server.Storage.LiteDb.Files;
using GrpcDcr.Server.Storage.LiteDb.Journal;
using GrpcDcr.Server.Storage.LiteDb.PageLog;
using GrpcDcr.Server.Storage.LiteDb.Tables;
using LiteDB;
using LiteDB.Engine;

namespace GrpcDcr.Server.Storage.LiteDb.Commit;

/// <summary>
/// The only way to LiteDB: one caller at a time, readers included. Two concurrent readers would get each other's documents (LiteDB issue
/// 2817).
/// </summary>
internal sealed class ExclusiveEngine(LiteEngine engine, WalStream log, StoreMarker marker, StoreCondition condition) : IDisposable
{
    private readonly Lock _gate = new();
    private readonly LiteDbTables _tables = new(engine);
    private long _confirmed;
    private bool _closed;

    /// <summary>Reads where the last process left off. To be called once, before anything else.</summary>
    public void Load() => Query(tables =>
    {
        tables.Load();
        return true;
    });

    /// <summary>Runs a query. LiteDB does not change meanwhile.</summary>
    public T Query<T>(Func<LiteDbTables, T> query)
    {
        lock (_gate)
        {
            return Guarded(() => query(_tables));
        }
    }

    /// <summary>Applies an entry of the journal in one transaction. When LiteDB fails, nothing of it was written.</summary>
    public void Apply(JournalEntry entry, DateTimeOffset now)
    {
        lock (_gate)
        {
            Guarded(() => InTransaction(() => _tables.Write(entry, now)));
            _tables.Advance(entry);
        }
    }

    /// <summary>Makes all committed pages durable in the log. Readers go on meanwhile.</summary>
    /// <exception cref="StorageException"><see cref="StorageFailure.OutcomeUnknown"/>.</exception>
    public void MakeDurable()
    {
        log.AwaitConfirmed(_confirmed);
        log.MakeDurable();
    }

    /// <summary>Writes the marker again, which changes nothing: shows that LiteDB and the disk take writes.</summary>
    public void RewriteMarker()
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
            // LiteDB has rolled back already or does so now. A rollback may write a transaction of its own.
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

    /// <summary>After these LiteDB closes itself, and every further call fails.</summary>
    private static bool ClosesLiteDb(Exception e) =>
        e is IOException or LiteException { ErrorCode: LiteException.INVALID_DATAFILE_STATE or LiteException.ENGINE_DISPOSED };
}
