using GrpcDcr.Server.Storage.LiteDb.Files;
using GrpcDcr.Server.Storage.LiteDb.Journal;
using GrpcDcr.Server.Storage.LiteDb.PageLog;

namespace GrpcDcr.Server.Storage.LiteDb.Commit;

/// <summary>
/// Moves the log of pages into the data file, and releases the entries of the journal that are in it: when the log is long enough, when the
/// store is idle, and when it closes. Runs on the thread of the <see cref="Applier"/>; changes go on meanwhile.
/// </summary>
internal sealed class Checkpointer(
    ExclusiveEngine engine, WalStream log, ChangeJournal journal, StoreCondition condition, LiteDbOptions options, TimeProvider time,
    ILogger logger)
{
    /// <summary>LiteDB counts transactions, reads too, in 32 bits and starts again at a checkpoint; so there is one now and then.</summary>
    private static readonly TimeSpan LongestWithout = TimeSpan.FromHours(6);

    private readonly Lock _gate = new();
    private int _holds;
    private long _lastTime = time.GetTimestamp();
    private long _lengthAtTick;

    /// <summary>A backup holds checkpoints off, and the log has grown as far as it may.</summary>
    public bool LogIsFull => Volatile.Read(ref _holds) > 0 && log.Length >= options.MaxLogBytes;

    /// <param name="number">The last entry of the journal that is applied.</param>
    public void RunIfDue(long number)
    {
        if (log.Length >= options.CheckpointBytes)
        {
            Run(number);
        }
    }

    /// <summary>
    /// Called every second: runs a checkpoint when nothing was written since the last call, or when the last checkpoint failed.
    /// </summary>
    public void OnTick(long number)
    {
        if (condition.TakesChanges && time.GetElapsedTime(_lastTime) > LongestWithout)
        {
            engine.RewriteMarker();
        }

        var length = log.Length;
        if (length > 0 && (length == _lengthAtTick || !condition.TakesChanges))
        {
            Run(number);
        }

        _lengthAtTick = log.Length;
    }

    public void Run(long number)
    {
        lock (_gate)
        {
            if (_holds > 0 || log.Failed || condition.HasStopped)
            {
                return;
            }

            try
            {
                engine.MakeDurable();
                engine.Checkpoint();
                engine.MakeDurable();
                journal.Release(number);
                _lastTime = time.GetTimestamp();
                condition.Resume();
            }
            catch (IOException e)
            {
                Failed(e);
            }
            catch (Exception e)
            {
                condition.Stop("A checkpoint failed halfway.", e);
            }
        }
    }

    /// <summary>
    /// Until disposed, no checkpoint runs: the data file stays as it is and the log only grows. Waits for a running checkpoint.
    /// </summary>
    public IDisposable Hold()
    {
        lock (_gate)
        {
            _holds++;
            return new Held(this);
        }
    }

    /// <summary>Mostly a full disk. The log has everything, so reads go on, and changes do until the log is full.</summary>
    private void Failed(IOException cause)
    {
        logger.CheckpointFailed(cause);
        if (log.Length >= options.CheckpointBytes)
        {
            condition.Suspend("The data file could not be written. Free some disk space; the store then continues by itself.", cause);
        }
    }

    private sealed class Held(Checkpointer checkpointer) : IDisposable
    {
        public void Dispose()
        {
            lock (checkpointer._gate)
            {
                checkpointer._holds--;
            }
        }
    }
}
