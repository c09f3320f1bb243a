using GrpcDcr.Server.Telemetry;

namespace GrpcDcr.Server.Storage.Writes;

/// <summary>Measures how long a change takes until it is durable, and makes that a span of the request.</summary>
internal static class CommitMeasurement
{
    /// <param name="metrics">Gets the duration.</param>
    /// <param name="engine">One of the values of <see cref="Attributes.Engine"/>.</param>
    /// <param name="commit">Hands a change to the writer.</param>
    /// <param name="change">The change.</param>
    /// <param name="answer">What its outcome means to the caller.</param>
    public static async ValueTask<T> RunAsync<T>(
        ServiceMetrics metrics, string engine, Func<Change, Task<ChangeOutcome>> commit, Change change, Func<ChangeOutcome, T> answer)
    {
        var started = ServiceMetrics.Start();
        var span = Spans.StartCommit(engine);
        string? error = null;
        try
        {
            return answer(await commit(change));
        }
        catch (StorageException e)
        {
            error = StorageFailures.NameOf(e.Failure);
            throw;
        }
        finally
        {
            metrics.Committed(started, engine, error);
            span.End(error);
        }
    }
}
