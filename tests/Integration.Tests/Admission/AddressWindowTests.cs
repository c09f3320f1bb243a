
using System.Buffers.Binary;
using System.Net;
using System.Threading.RateLimiting;
using CsCheck;
using GrpcDcr.Server.Admission;
using Microsoft.Extensions.Time.Testing;

namespace GrpcDcr.Integration.Tests.Admission;

/// <summary>The window itself, where sockets would be too slow.</summary>
public sealed class AddressWindowTests
{
    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2030, 1, 1, 0, 0, 0, TimeSpan.Zero));

    [Theory]
    [InlineData(600, 2 * 600)]
    [InlineData(int.MaxValue, 2 * ((2 * AddressWindow.MaxTracked) + 256))]
    public async Task Remembers_no_more_than_its_bound_of_a_million_addresses(int globalLimit, int bound)
    {
        await using var window = new AddressWindow(5, globalLimit, _time);

        for (var i = 0; i < 1_000_000; i++)
        {
            using var lease = window.AttemptAcquire(Address(i));
            if (i % 100_000 == 0)
            {
                _time.Advance(TimeSpan.FromSeconds(10));
            }

            Assert.True(i % 1000 != 0 || window.TrackedNetworks <= bound);
        }

        Assert.InRange(window.TrackedNetworks, 1, bound);
        _time.Advance(TimeSpan.FromMinutes(2));
        using var next = window.AttemptAcquire(Address(0));
        Assert.Equal(1, window.TrackedNetworks);
    }

    [Fact]
    public async Task Remembers_nobody_it_refused()
    {
        await using var window = new AddressWindow(5, 1, _time);
        Assert.True(window.AttemptAcquire(Address(0)).IsAcquired);

        for (var i = 1; i < 1000; i++)
        {
            Assert.False(window.AttemptAcquire(Address(i)).IsAcquired);
        }

        Assert.Equal(1, window.TrackedNetworks);
    }

    [Fact]
    public void Promises_no_wait_that_is_too_short_or_too_long() =>
        Gen.Select(Gen.Int[1, 20], Gen.Int[1, 60], Gen.Int[0, 20_000].Array[1, 60]).Sample(Holds, iter: 2_000);

    private static bool Holds(int limit, int globalLimit, int[] pauses)
    {
        var clock = new FakeTimeProvider(new DateTimeOffset(2030, 1, 1, 0, 0, 0, TimeSpan.Zero));
        using var window = new AddressWindow(limit, globalLimit, clock);
        foreach (var pause in pauses)
        {
            clock.Advance(TimeSpan.FromMilliseconds(pause));
            using var lease = window.AttemptAcquire(Address(pause % 3));
            if (lease.IsAcquired)
            {
                continue;
            }

            lease.TryGetMetadata(MetadataName.RetryAfter, out var wait);
            clock.Advance(wait - TimeSpan.FromTicks(1));
            if (wait <= TimeSpan.Zero || (wait > TimeSpan.FromTicks(1) && window.AttemptAcquire(Address(pause % 3)).IsAcquired))
            {
                return false;
            }

            clock.Advance(TimeSpan.FromTicks(1));
            if (!window.AttemptAcquire(Address(pause % 3)).IsAcquired)
            {
                return false;
            }
        }

        return true;
    }

    private static IPAddress Address(int number)
    {
        var bytes = new byte[4];
        BinaryPrimitives.WriteInt32BigEndian(bytes, number + 0x0B000000);
        return new IPAddress(bytes);
    }
}
