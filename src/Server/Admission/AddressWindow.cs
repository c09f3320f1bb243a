using System.Net;
using System.Runtime.InteropServices;
using System.Threading.RateLimiting;

namespace GrpcDcr.Server.Admission;

/// <summary>
/// A sliding window of one minute for each client address, and one for all of them together. The limiters of .NET use their own clock and
/// keep an unbounded number of addresses for some seconds; this one is bounded and uses the given clock.
/// </summary>
/// <remarks>
/// <para>Callers are identified by <see cref="CallerNetwork"/>.</para>
/// <para>
/// Only admitted calls are counted, and a window admits no more than the global limit, so the tables never have more addresses than that.
/// Beyond <see cref="MaxTracked"/> addresses, new callers share one budget.
/// </para>
/// <para>The window slides by weighting the previous minute: its count decreases linearly as the current minute passes.</para>
/// </remarks>
internal sealed class AddressWindow(int limit, int globalLimit, TimeProvider time) : PartitionedRateLimiter<IPAddress>
{
    public const int MaxTracked = 100_000;

    private static readonly long Length = TimeSpan.FromMinutes(1).Ticks;

    /// <summary>The shared key of new callers when the table is full. No address has it.</summary>
    private static readonly CallerNetwork Newcomers = new(UInt128.MaxValue);

    private readonly Lock _lock = new();
    private Dictionary<CallerNetwork, int> _current = [];
    private Dictionary<CallerNetwork, int> _previous = [];
    private long _currentTotal;
    private long _previousTotal;
    private long _window = long.MinValue;

    /// <summary>How many addresses are tracked now.</summary>
    public int TrackedAddresses
    {
        get
        {
            lock (_lock)
            {
                return _current.Count + _previous.Count;
            }
        }
    }

    public override RateLimiterStatistics? GetStatistics(IPAddress resource) => null;

    protected override ValueTask<RateLimitLease> AcquireAsyncCore(
        IPAddress resource, int permitCount, CancellationToken cancellationToken) =>
        ValueTask.FromResult(AttemptAcquireCore(resource, permitCount));

    protected override RateLimitLease AttemptAcquireCore(IPAddress resource, int permitCount)
    {
        var key = CallerNetwork.Of(resource);
        var now = time.GetUtcNow().UtcTicks;
        lock (_lock)
        {
            MoveTo(now / Length);
            var elapsed = now % Length;
            if (_current.Count >= MaxTracked && !_current.ContainsKey(key))
            {
                key = Newcomers;
            }

            _previous.TryGetValue(key, out var before);
            ref var used = ref CollectionsMarshal.GetValueRefOrAddDefault(_current, key, out var known);
            var wait = Math.Max(Wait(before, used, limit, elapsed), Wait(_previousTotal, _currentTotal, globalLimit, elapsed));
            if (wait == 0)
            {
                used++;
                _currentTotal++;
                return WindowLease.Granted;
            }

            if (!known)
            {
                _current.Remove(key);
            }

            return WindowLease.Refused(TimeSpan.FromTicks(wait));
        }
    }

    private void MoveTo(long next)
    {
        if (next == _window)
        {
            return;
        }

        (_previous, _previousTotal) = next == _window + 1 ? (_current, _currentTotal) : ([], 0);
        (_current, _currentTotal) = ([], 0);
        _window = next;
    }

    /// <summary>Ticks until one more is allowed; 0 when it is allowed now.</summary>
    private static long Wait(long before, long used, long limit, long elapsed)
    {
        // Allowed when before * (1 - elapsed / Length) + used + 1 <= limit.
        if (before * (Length - elapsed) <= (limit - used - 1) * Length)
        {
            return 0;
        }

        return used < limit
            ? Until(before, limit - used - 1, elapsed)
            : Length - elapsed + Until(used, limit - 1, 0);
    }

    /// <summary>Ticks until the weighted <paramref name="count"/> of the previous minute has fallen to <paramref name="room"/>.</summary>
    private static long Until(long count, long room, long elapsed)
    {
        var weight = (Int128)room * Length / count;
        return Math.Max(1, Length - (long)weight - elapsed);
    }
}
