namespace GrpcDcr.Server.Storage.LiteDb.Commit;

/// <summary>Whether the store accepts changes: yes, not at the moment (suspended), or never again in this process (stopped).</summary>
internal sealed class StoreCondition(ILogger logger)
{
    private volatile string? _suspended;
    private volatile string? _stopped;

    /// <summary>Raised once, when the store stops for good. The process should end then and start again.</summary>
    public event Action? Stopped;

    public bool TakesChanges => _suspended is null && _stopped is null;

    public bool HasStopped => _stopped is not null;

    public StoreHealth Health =>
        (_stopped ?? _suspended) is { } reason ? new StoreHealth(Ready: false, reason, Answers: _stopped is null) : StoreHealth.Good;

    public StorageException Refusal => new(StorageFailure.Unavailable, _stopped ?? _suspended ?? "The store was not writable.");

    /// <summary>Until <see cref="Resume"/>, reads are answered and changes are refused.</summary>
    public void Suspend(string reason, Exception cause)
    {
        if (_suspended is null)
        {
            logger.Suspended(reason, cause);
        }

        _suspended = reason;
    }

    public void Resume()
    {
        if (_suspended is not null)
        {
            logger.Resumed();
        }

        _suspended = null;
    }

    public void Stop(string reason, Exception cause)
    {
        if (_stopped is null)
        {
            _stopped = reason;
            logger.Stopped(reason, cause);
            Stopped?.Invoke();
        }
    }
}
