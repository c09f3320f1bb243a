namespace GrpcDcr.Bench.Load.Driving;

/// <summary>A connection that sends the next request as soon as one is answered.</summary>
internal interface ILoadConnection : IDisposable
{
    /// <summary>Runs until <paramref name="end"/>, and waits for what is under way then.</summary>
    /// <param name="end">A <see cref="System.Diagnostics.Stopwatch"/> timestamp.</param>
    /// <param name="latencies">Gets each answer's time.</param>
    /// <exception cref="LoadException">Something else than success was answered: what was measured means nothing.</exception>
    Task RunAsync(long end, Histogram latencies);
}

/// <summary>The server did not do what it was asked.</summary>
internal sealed class LoadException(string message) : Exception(message);

/// <summary>Requests, built beforehand; each connection goes round them from a place of its own.</summary>
internal sealed class RequestRing(IReadOnlyList<byte[]> requests, int start)
{
    private int _next = start % requests.Count;

    public ReadOnlySpan<byte> Next()
    {
        var request = requests[_next];
        _next = (_next + 1) % requests.Count;
        return request;
    }
}
