namespace GrpcDcr.Storage.Tests.Samples;

/// <summary>
/// A caller's SynchronizationContext, such as user interfaces and test runners have. LiteDB on its own commits in another way under
/// one, and loses what it acknowledged.
/// </summary>
internal sealed class CallerContext : SynchronizationContext
{
    public static Task RunAsync(bool installed, Func<Task> run)
    {
        var done = new TaskCompletionSource<Task>(TaskCreationOptions.RunContinuationsAsynchronously);
        if (installed)
        {
            new CallerContext().Post(_ => done.SetResult(run()), null);
        }
        else
        {
            ThreadPool.QueueUserWorkItem(_ => done.SetResult(run()));
        }

        return done.Task.Unwrap();
    }

    public override void Post(SendOrPostCallback d, object? state) => ThreadPool.QueueUserWorkItem(_ =>
    {
        SetSynchronizationContext(this);
        try
        {
            d(state);
        }
        finally
        {
            SetSynchronizationContext(null);
        }
    });
}
