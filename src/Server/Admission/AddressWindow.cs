using System.Net;
using System.Threading.RateLimiting;
using GrpcDcr.Server.Model;

namespace GrpcDcr.Server.Admission;

/// <summary>
/// A sliding window of one minute for each client network, and one for all of them together. It goes by the given clock, and its memory is
/// bounded.
/// </summary>
/// <remarks>
/// <para>
/// Callers are identified by <see cref="NetworkLevels"/>. Only admitted calls are counted. Of each family of addresses the tables have
/// <see cref="MaxTracked"/> networks a minute, and as many wider ones for what has no room there: a flood from one family, or from one
/// part of the internet, does not refuse the others.
/// </para>
/// <para>The window slides by weighting the previous minute: its count decreases linearly as the current minute passes.</para>
/// <para>
/// A clock that is set back by <see cref="MaxStepBack"/> minutes or less does not renew a budget: the minute that was counted last
/// continues. After a longer step, the counted minute becomes the previous one, so that nobody waits for the clock to return.
/// </para>
/// </remarks>
internal sealed class AddressWindow(int limit, int globalLimit, TimeProvider time) : PartitionedRateLimiter<IPAddress>
{
    public const int MaxTracked = 100_000;

    /// <summary>In minutes.</summary>
    public const int MaxStepBack = 5;

    private const int MostNetworks = 4;
    private static readonly long Length = TimeSpan.FromMinutes(1).Ticks;

    private readonly Lock _lock = new();
    private readonly Tables _ipv4 = new();
    private readonly Tables _ipv6 = new();
    private long _currentTotal;
    private long _previousTotal;
    private long _window = long.MinValue;

    /// <summary>How many networks are tracked now.</summary>
    public int TrackedNetworks
    {
        get
        {
            lock (_lock)
            {
                return _ipv4.Count + _ipv6.Count;
            }
        }
    }

    public override RateLimiterStatistics? GetStatistics(IPAddress resource) => null;

    protected override ValueTask<RateLimitLease> AcquireAsyncCore(
        IPAddress resource, int permitCount, CancellationToken cancellationToken) =>
        ValueTask.FromResult(AttemptAcquireCore(resource, permitCount));

    protected override RateLimitLease AttemptAcquireCore(IPAddress resource, int permitCount)
    {
        var levels = NetworkLevels.Of(resource);
        Span<CountedNetwork> networks = stackalloc CountedNetwork[MostNetworks];
        var now = time.GetUtcNow().UtcTicks;
        lock (_lock)
        {
            var elapsed = MoveTo(now);
            var tables = levels == NetworkLevels.OfIPv6 ? _ipv6 : _ipv4;
            networks = networks[..tables.Choose(resource, levels, networks)];
            var wait = Wait(_previousTotal, _currentTotal, globalLimit, elapsed);
            foreach (var network in networks)
            {
                var (before, used) = tables.TableOf(network).Find(network.Network);
                wait = Math.Max(wait, Wait(before, used, network.Level.LimitOf(limit), elapsed));
            }

            if (wait > 0)
            {
                return WindowLease.Refused(TimeSpan.FromTicks(wait + Math.Max(0, (_window * Length) - now)));
            }

            foreach (var network in networks)
            {
                tables.TableOf(network).Add(network.Network);
            }

            _currentTotal++;
            return WindowLease.Granted;
        }
    }

    /// <summary>Ticks of the minute that have passed.</summary>
    private long MoveTo(long now)
    {
        var next = now / Length;
        if (next < _window && _window - next <= MaxStepBack)
        {
            return 0;
        }

        if (next != _window)
        {
            var isNext = next == _window + 1 || next < _window;
            _ipv4.Advance(isNext);
            _ipv6.Advance(isNext);
            (_previousTotal, _currentTotal) = (isNext ? _currentTotal : 0, 0);
            _window = next;
        }

        return now % Length;
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

    /// <param name="Network">Counted for the call.</param>
    /// <param name="Level">Its level.</param>
    /// <param name="IsWide">Whether it stands for narrower ones that have no room.</param>
    private readonly record struct CountedNetwork(CallerNetwork Network, NetworkLevel Level, bool IsWide);

    /// <summary>The networks of one family of addresses.</summary>
    private sealed class Tables
    {
        private readonly NetworkTable _narrow = new(MaxTracked);
        private readonly NetworkTable _wide = new(MaxTracked);

        public int Count => _narrow.Count + _wide.Count;

        public NetworkTable TableOf(CountedNetwork network) => network.IsWide ? _wide : _narrow;

        /// <summary>Says which networks the call is counted for, and how many they are.</summary>
        public int Choose(IPAddress address, NetworkLevels levels, Span<CountedNetwork> networks)
        {
            var count = 0;
            foreach (var level in levels.Always)
            {
                if (CallerNetwork.Of(address, level.Length) is var network && _narrow.Takes(network))
                {
                    networks[count++] = new CountedNetwork(network, level, IsWide: false);
                }
            }

            if (count < levels.Always.Count)
            {
                networks[count++] = ChooseWide(address, levels);
            }

            return count;
        }

        public void Advance(bool isNext)
        {
            _narrow.Advance(isNext);
            _wide.Advance(isNext);
        }

        private CountedNetwork ChooseWide(IPAddress address, NetworkLevels levels)
        {
            foreach (var level in levels.Crowded)
            {
                if (CallerNetwork.Of(address, level.Length) is var network && _wide.Takes(network))
                {
                    return new CountedNetwork(network, level, IsWide: true);
                }
            }

            var widest = levels.Crowded[^1];
            return new CountedNetwork(CallerNetwork.Of(address, widest.Length), widest, IsWide: true);
        }
    }
}
