using GrpcDcr.Server.Telemetry;

namespace GrpcDcr.Server.Storage.Writes;

/// <summary>Measures how long a change takes until it is durable, and makes that a span of the request.</summary>
internal static class CommitMeasurement
{
    public static bool IsObserved(ServiceMetrics metrics) => metrics.ObservesCommits || Spans.AreObserved;

    /// <param name="metrics">Gets the duration.</param>
    /// <param name="engine">One of the values of <see cref="Attributes.Engine"/>.</param>
    /// <param name="commit">Hands the change to the writer.</param>
    public static async Task<ChangeOutcome> RunAsync(ServiceMetrics metrics, string engine, Func<Task<ChangeOutcome>> commit)
    {
        var started = ServiceMetrics.Start();
        var span = Spans.StartCommit(engine);
        string? error = null;
        try
        {
            return await commit();
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
