using System.Collections.Concurrent;
using System.Globalization;
using GrpcDcr.Resilience.Tests.Histories;

namespace GrpcDcr.Resilience.Tests.Load;

/// <summary>How a call failed that may fail while something is broken; the worse, the later.</summary>
internal enum FailureKind
{
    /// <summary>429 or 503, as promised; UNAVAILABLE of gRPC.</summary>
    Refused,

    /// <summary>There was no whole answer.</summary>
    Broken,
}

/// <param name="Begin">When the call was made.</param>
/// <param name="End">When it failed.</param>
/// <param name="Kind">How.</param>
/// <param name="What">Which call it was, and the cause.</param>
internal sealed record Failure(TimeSpan Begin, TimeSpan End, FailureKind Kind, string What);

/// <summary>What all callers of a round asked, saw and were told, by one clock.</summary>
internal sealed class Recorder(string round)
{
    private readonly long _started = TimeProvider.System.GetTimestamp();
    private int _marks;

    public TimeSpan Now => TimeProvider.System.GetElapsedTime(_started);

    public ConcurrentQueue<AskedChange> Changes { get; } = new();

    public ConcurrentQueue<Look> Looks { get; } = new();

    public ConcurrentQueue<Failure> Failures { get; } = new();

    /// <summary>Answers that nobody may ever get.</summary>
    public ConcurrentQueue<string> Surprises { get; } = new();

    /// <summary>Names a change as no other one of any round is named.</summary>
    public string NextMark() => string.Create(CultureInfo.InvariantCulture, $"{round}-{Interlocked.Increment(ref _marks)}");

    public void Changed(string mark, string? clientId, TimeSpan begin, Told told) =>
        Changes.Enqueue(new AskedChange(mark, clientId, begin, Now, told));

    /// <summary>Something was seen that is never older than the call.</summary>
    public void Saw(string clientId, TimeSpan begin, Func<Stand, bool> fits, string what) =>
        Saw(clientId, begin, TimeSpan.Zero, fits, what);

    /// <param name="clientId">Of whom.</param>
    /// <param name="begin">When it was asked for.</param>
    /// <param name="age">How old it may have been then.</param>
    /// <param name="fits">Which stands look like it.</param>
    /// <param name="what">It, in words.</param>
    public void Saw(string clientId, TimeSpan begin, TimeSpan age, Func<Stand, bool> fits, string what) =>
        Looks.Enqueue(new Look(clientId, begin, Now, age, fits, what));

    public void Failed(TimeSpan begin, FailureKind kind, string what) => Failures.Enqueue(new Failure(begin, Now, kind, what));
}
