namespace GrpcDcr.Server.Credentials;

/// <summary>
/// The minimum time of a refused credential. It is far above the time of a lookup in the store, so that the time reveals nothing about the
/// records that are there.
/// </summary>
internal static class RefusalTime
{
    private static readonly TimeSpan Minimum = TimeSpan.FromMilliseconds(4);

    /// <summary>Uses real time: tests must not be able to shorten it.</summary>
    /// <param name="started">When the decision began, as a timestamp of the system's clock.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    public static async Task PassAsync(long started, CancellationToken cancellationToken)
    {
        // Timers have a coarser resolution and may end early.
        while (Minimum - TimeProvider.System.GetElapsedTime(started) is var left && left > TimeSpan.Zero)
        {
            await Task.Delay(left, TimeProvider.System, cancellationToken);
        }
    }
}
