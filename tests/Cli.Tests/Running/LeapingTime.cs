namespace GrpcDcr.Cli.Tests.Running;

/// <summary>A clock that stands, and leaps to the end of whatever is waited for.</summary>
internal sealed class LeapingTime : TimeProvider
{
    private DateTimeOffset _now = new(2026, 1, 31, 12, 0, 0, TimeSpan.Zero);

    public override DateTimeOffset GetUtcNow() => _now;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        _now += dueTime;
        ThreadPool.QueueUserWorkItem(_ => callback(state));
        return new Rung();
    }

    private sealed class Rung : ITimer
    {
        public bool Change(TimeSpan dueTime, TimeSpan period) => true;

        public void Dispose()
        {
        }

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
