namespace GrpcDcr.Server.Storage.LiteDb;

/// <summary>Whether the store takes changes: yes, not just now (suspended), or never again in this process (stopped).</summary>
internal sealed class StoreCondition(ILogger logger)
{
    private volatile string? suspended;
    private volatile string? stopped;

    /// <summary>Raised once, when the store stops for good. The process should end then and start again.</summary>
    public event Action? Stopped;

    public bool TakesChanges => suspended is null && stopped is null;

    public bool HasStopped => stopped is not null;

    public StoreHealth Health => (stopped ?? suspended) is { } reason ? new StoreHealth(false, reason) : new StoreHealth(true);

    public StorageException Refusal => new(StorageFailure.Unavailable, stopped ?? suspended ?? "The store was not writable just now.");

    /// <summary>Until <see cref="Resume"/>: questions are answered, changes are refused.</summary>
    public void Suspend(string reason, Exception cause)
    {
        if (suspended is null)
        {
            logger.Suspended(reason, cause);
        }

        suspended = reason;
    }

    public void Resume()
    {
        if (suspended is not null)
        {
            logger.Resumed();
        }

        suspended = null;
    }

    public void Stop(string reason, Exception cause)
    {
        if (stopped is null)
        {
            stopped = reason;
            logger.Stopped(reason, cause);
            Stopped?.Invoke();
        }
    }
}
