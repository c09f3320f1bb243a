using System.Net;
using System.Net.Sockets;
using System.Runtime.InteropServices;
using System.Threading.RateLimiting;

namespace GrpcDcr.Server.Registration.Admission;

/// <summary>
/// A sliding window of one minute for each client address, and one for all of them together. The limiters that come with .NET
/// keep one object for each address they ever saw and their own clock; this one is bounded and takes the time it is given.
/// </summary>
/// <remarks>
/// <para>An IPv6 address counts by its /64 network, the smallest block that is handed out to one subscriber.</para>
/// <para>Only admitted calls are counted, and no more than the global limit are admitted in a window: so the tables never hold
/// more than that many addresses, whatever is sent. Past <see cref="MaxTracked"/> addresses newcomers share one budget.</para>
/// <para>The window slides by weighing the minute before: what it admitted counts less and less as the current minute goes on.</para>
/// </remarks>
internal sealed class AddressWindow(int limit, int globalLimit, TimeProvider time) : PartitionedRateLimiter<IPAddress>
{
    public const int MaxTracked = 100_000;

    private static readonly long Length = TimeSpan.FromMinutes(1).Ticks;

    private readonly Lock gate = new();
    private Dictionary<UInt128, int> current = [];
    private Dictionary<UInt128, int> previous = [];
    private long currentTotal;
    private long previousTotal;
    private long window = long.MinValue;

    /// <summary>How many addresses are remembered just now.</summary>
    public int TrackedAddresses
    {
        get
        {
            lock (gate)
            {
                return current.Count + previous.Count;
            }
        }
    }

    public override RateLimiterStatistics? GetStatistics(IPAddress resource) => null;

    protected override ValueTask<RateLimitLease> AcquireAsyncCore(IPAddress resource, int permitCount, CancellationToken cancellationToken) =>
        ValueTask.FromResult(AttemptAcquireCore(resource, permitCount));

    protected override RateLimitLease AttemptAcquireCore(IPAddress resource, int permitCount)
    {
        var key = KeyOf(resource);
        var now = time.GetUtcNow().UtcTicks;
        lock (gate)
        {
            MoveTo(now / Length);
            var elapsed = now % Length;
            if (current.Count >= MaxTracked && !current.ContainsKey(key))
            {
                key = UInt128.MaxValue;
            }

            previous.TryGetValue(key, out var before);
            ref var used = ref CollectionsMarshal.GetValueRefOrAddDefault(current, key, out var known);
            var wait = Math.Max(Wait(before, used, limit, elapsed), Wait(previousTotal, currentTotal, globalLimit, elapsed));
            if (wait == 0)
            {
                used++;
                currentTotal++;
                return Lease.Granted;
            }

            if (!known)
            {
                current.Remove(key);
            }

            return Lease.Refused(TimeSpan.FromTicks(wait));
        }
    }

    private void MoveTo(long next)
    {
        if (next == window)
        {
            return;
        }

        (previous, previousTotal) = next == window + 1 ? (current, currentTotal) : ([], 0);
        (current, currentTotal) = ([], 0);
        window = next;
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

    /// <summary>Ticks until the weight of <paramref name="count"/> from the minute before has sunk to <paramref name="room"/>.</summary>
    private static long Until(long count, long room, long elapsed)
    {
        var weight = (Int128)room * Length / count;
        return Math.Max(1, Length - (long)weight - elapsed);
    }

    private static UInt128 KeyOf(IPAddress address)
    {
        Span<byte> bytes = stackalloc byte[16];
        bytes.Clear();
        var plain = address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
        plain.TryWriteBytes(bytes, out _);
        if (plain.AddressFamily == AddressFamily.InterNetworkV6)
        {
            bytes[8..].Clear();

            // Keeps the networks of IPv6 apart from the addresses of IPv4.
            bytes[15] = 1;
        }

        return MemoryMarshal.Read<UInt128>(bytes);
    }

    private sealed class Lease(bool acquired, TimeSpan retryAfter) : RateLimitLease
    {
        public static Lease Granted { get; } = new(true, TimeSpan.Zero);

        public static Lease Refused(TimeSpan retryAfter) => new(false, retryAfter);

        public override bool IsAcquired => acquired;

        public override IEnumerable<string> MetadataNames => acquired ? [] : [MetadataName.RetryAfter.Name];

        public override bool TryGetMetadata(string metadataName, out object? metadata)
        {
            metadata = retryAfter;
            return !acquired && metadataName == MetadataName.RetryAfter.Name;
        }
    }
}
