namespace GrpcDcr.Server.Storage.LiteDb;

/// <summary>
/// Moves the log into the data file: when it is long enough, when there is nothing else to do, and at the end. Runs on the writer's
/// thread, so that it always finds a durable log.
/// </summary>
internal sealed class Checkpointer(
    LiteDbOwner owner, WalStream log, StoreCondition condition, LiteDbOptions options, TimeProvider time, ILogger logger)
{
    /// <summary>LiteDB counts transactions, reads too, in 32 bits and starts again at a checkpoint; so there is one now and then.</summary>
    private static readonly TimeSpan LongestWithout = TimeSpan.FromHours(6);

    private readonly Lock gate = new();
    private int holds;
    private long lastTime = time.GetTimestamp();
    private long lengthAtTick;

    /// <summary>A backup holds checkpoints off, and the log has grown as far as it may.</summary>
    public bool LogIsFull => Volatile.Read(ref holds) > 0 && log.Length >= options.MaxLogBytes;

    public void RunIfDue()
    {
        if (log.Length >= options.CheckpointBytes)
        {
            Run();
        }
    }

    /// <summary>Something to do every second: nothing was written since the last time, or the last checkpoint failed.</summary>
    public void OnTick()
    {
        if (condition.TakesChanges && time.GetElapsedTime(lastTime) > LongestWithout)
        {
            owner.Touch();
        }

        var length = log.Length;
        if (length > 0 && (length == lengthAtTick || !condition.TakesChanges))
        {
            Run();
        }

        lengthAtTick = log.Length;
    }

    public void Run()
    {
        lock (gate)
        {
            if (holds > 0 || log.Failed || condition.HasStopped)
            {
                return;
            }

            try
            {
                owner.MakeDurable();
                owner.Checkpoint();
                owner.MakeDurable();
                lastTime = time.GetTimestamp();
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
        lock (gate)
        {
            holds++;
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
            lock (checkpointer.gate)
            {
                checkpointer.holds--;
            }
        }
    }
}
