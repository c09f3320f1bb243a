using System.Diagnostics;
using GrpcDcr.Server.Telemetry;

namespace GrpcDcr.Server.Storage.Writes;

/// <summary>Measures how long a change takes until it is durable, and makes that a span of the request.</summary>
internal readonly struct CommitMeasurement
{
    private readonly ServiceMetrics _metrics;
    private readonly string _engine;
    private readonly long _started = ServiceMetrics.Start();
    private readonly Activity? _span;

    /// <param name="metrics">Gets the duration.</param>
    /// <param name="engine">One of the values of <see cref="Attributes.Engine"/>.</param>
    public CommitMeasurement(ServiceMetrics metrics, string engine) =>
        (_metrics, _engine, _span) = (metrics, engine, Spans.StartCommit(engine));

    /// <param name="failure">Why the change is not known to be durable; <see langword="null"/> if it is.</param>
    public void End(StorageException? failure)
    {
        var error = failure is null ? null : StorageFailures.NameOf(failure.Failure);
        _metrics.Committed(_started, _engine, error);
        _span.End(error);
    }
}
