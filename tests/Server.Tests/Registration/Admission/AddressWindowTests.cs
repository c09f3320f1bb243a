using System.Net;
using System.Threading.RateLimiting;
using CsCheck;
using GrpcDcr.Server.Registration.Admission;
using Microsoft.Extensions.Time.Testing;

namespace GrpcDcr.Server.Tests.Registration.Admission;

public sealed class AddressWindowTests : IDisposable
{
    private const int Unlimited = int.MaxValue;

    private static readonly IPAddress Address = IPAddress.Parse("192.0.2.1");

    private readonly FakeTimeProvider time = new(new DateTimeOffset(2026, 1, 1, 12, 0, 0, TimeSpan.Zero));
    private readonly AddressWindow window;

    public AddressWindowTests() => window = new AddressWindow(5, Unlimited, time);

    public void Dispose() => window.Dispose();

    [Fact]
    public void Admits_five_a_minute()
    {
        Assert.Equal(5, Admitted(20));
        time.Advance(TimeSpan.FromSeconds(59));
        Assert.Equal(0, Admitted(1));
    }

    [Fact]
    public void Slides_instead_of_starting_anew_with_each_minute()
    {
        time.Advance(TimeSpan.FromSeconds(59));
        Assert.Equal(5, Admitted(5));
        time.Advance(TimeSpan.FromSeconds(2));
        Assert.Equal(0, Admitted(5));
        time.Advance(TimeSpan.FromSeconds(29));
        Assert.Equal(2, Admitted(5));
    }

    [Fact]
    public void Forgets_after_two_minutes()
    {
        Assert.Equal(5, Admitted(5));
        time.Advance(TimeSpan.FromMinutes(2));
        Assert.Equal(5, Admitted(5));
        Assert.Equal(1, window.TrackedAddresses);
    }

    [Fact]
    public void Refusals_do_not_make_the_wait_longer()
    {
        Assert.Equal(5, Admitted(5));
        var first = RetryAfter();
        Admitted(1000);
        Assert.Equal(first, RetryAfter());
    }

    /// <summary>Waiting as long as it says is enough; waiting a tick less is not.</summary>
    [Fact]
    public void Tells_exactly_how_long_to_wait() => Gen.Select(Gen.Int[1, 7], Gen.Int[1, 9], Gen.Long[0, TimeSpan.TicksPerMinute * 2].Array[1, 20])
        .Sample(
            (limit, globalLimit, pauses) =>
            {
                using var limiter = new AddressWindow(limit, globalLimit, time);
                foreach (var pause in pauses)
                {
                    time.Advance(TimeSpan.FromTicks(pause));
                    while (limiter.AttemptAcquire(Address).IsAcquired)
                    {
                    }
                }

                var wait = RetryAfterOf(limiter);
                Assert.InRange(wait, TimeSpan.FromTicks(1), TimeSpan.FromMinutes(2));
                time.Advance(wait - TimeSpan.FromTicks(1));
                Assert.False(limiter.AttemptAcquire(Address).IsAcquired);
                time.Advance(TimeSpan.FromTicks(1));
                Assert.True(limiter.AttemptAcquire(Address).IsAcquired);
            },
            iter: 500,
            threads: 1);

    [Fact]
    public void Counts_an_ipv6_network_as_one_caller()
    {
        Assert.Equal(5, Enumerable.Range(0, 50).Count(n => Acquire($"2001:db8:1:2::{n:x}")));
        Assert.True(Acquire("2001:db8:1:3::1"));
    }

    [Fact]
    public void Counts_an_ipv4_address_the_same_in_its_ipv6_form()
    {
        Assert.Equal(5, Admitted(5));
        Assert.False(Acquire("::ffff:192.0.2.1"));
    }

    [Fact]
    public void Keeps_ipv4_addresses_and_ipv6_networks_apart()
    {
        Assert.Equal(5, Admitted(5));
        Assert.True(Acquire("c000:201::"));
        Assert.True(Acquire("192.0.2.2"));
    }

    [Fact]
    public void Admits_no_more_than_the_global_limit()
    {
        using var limiter = new AddressWindow(5, 600, time);
        Assert.Equal(600, Distinct(1_000_000).Count(address => limiter.AttemptAcquire(address).IsAcquired));
        Assert.Equal(600, limiter.TrackedAddresses);
    }

    [Fact]
    public void Remembers_a_bounded_number_of_addresses()
    {
        foreach (var address in Distinct(1_000_000))
        {
            window.AttemptAcquire(address).Dispose();
        }

        Assert.Equal(AddressWindow.MaxTracked + 1, window.TrackedAddresses);
        time.Advance(TimeSpan.FromMinutes(1));
        foreach (var address in Distinct(1_000_000))
        {
            window.AttemptAcquire(address).Dispose();
        }

        Assert.InRange(window.TrackedAddresses, AddressWindow.MaxTracked, 2 * (AddressWindow.MaxTracked + 1));
    }

    [Fact]
    public async Task Admits_no_more_when_asked_from_many_threads()
    {
        var admitted = 0;
        await Parallel.ForAsync(0, 1000, async (_, cancellation) =>
        {
            using var lease = await window.AcquireAsync(Address, 1, cancellation);
            Interlocked.Add(ref admitted, lease.IsAcquired ? 1 : 0);
        });
        Assert.Equal(5, admitted);
    }

    private static IEnumerable<IPAddress> Distinct(int count) => Enumerable.Range(0, count).Select(n => new IPAddress(0x0A000000u + (uint)n));

    private static TimeSpan RetryAfterOf(AddressWindow limiter)
    {
        using var lease = limiter.AttemptAcquire(Address);
        Assert.False(lease.IsAcquired);
        Assert.True(lease.TryGetMetadata(MetadataName.RetryAfter, out var wait));
        return wait;
    }

    private TimeSpan RetryAfter() => RetryAfterOf(window);

    private int Admitted(int tries) => Enumerable.Range(0, tries).Count(_ => window.AttemptAcquire(Address).IsAcquired);

    private bool Acquire(string address) => window.AttemptAcquire(IPAddress.Parse(address)).IsAcquired;
}
