using GrpcDcr.Server.Storage.LiteDb.Journal;

namespace GrpcDcr.Server.Storage.LiteDb;

/// <summary>
/// Moves the log of pages into the data file, and releases what the journal has of it: when it is long enough, when there is nothing else to
/// do, and at the end. Runs on the applier's thread; changes go on meanwhile.
/// </summary>
internal sealed class Checkpointer(
    ExclusiveEngine owner, WalStream log, ChangeJournal journal, StoreCondition condition, LiteDbOptions options, TimeProvider time, ILogger logger)
{
    /// <summary>LiteDB counts transactions, reads too, in 32 bits and starts again at a checkpoint; so there is one now and then.</summary>
    private static readonly TimeSpan LongestWithout = TimeSpan.FromHours(6);

    private readonly Lock _gate = new();
    private int _holds;
    private long _lastTime = time.GetTimestamp();
    private long _lengthAtTick;

    /// <summary>A backup holds checkpoints off, and the log has grown as far as it may.</summary>
    public bool LogIsFull => Volatile.Read(ref _holds) > 0 && log.Length >= options.MaxLogBytes;

    /// <param name="number">Of the last entry of the journal that LiteDB has.</param>
    public void RunIfDue(long number)
    {
        if (log.Length >= options.CheckpointBytes)
        {
            Run(number);
        }
    }

    /// <summary>Something to do every second: nothing was written since the last time, or the last checkpoint failed.</summary>
    public void OnTick(long number)
    {
        if (condition.TakesChanges && time.GetElapsedTime(_lastTime) > LongestWithout)
        {
            owner.Touch();
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
                owner.MakeDurable();
                owner.Checkpoint();
                owner.MakeDurable();
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

    /// <summary>Until disposed, the data file stays as it is and the log only grows. Waits for a checkpoint that is going on.</summary>
    public IDisposable Hold()
    {
        lock (_gate)
        {
            _holds++;
            return new Held(this);
        }
    }

    /// <summary>Mostly a full disk. The log has everything, so questions go on; changes do as long as it has room.</summary>
    private void Failed(IOException cause)
    {
        logger.CheckpointFailed(cause);
        if (log.Length >= options.CheckpointBytes)
        {
            condition.Suspend("The data file could not be written; free some disk space, and the store goes on by itself.", cause);
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
