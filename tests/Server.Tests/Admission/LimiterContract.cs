using System.Globalization;
using System.Net;
using System.Threading.RateLimiting;
using CsCheck;
using Microsoft.Extensions.Time.Testing;

namespace GrpcDcr.Server.Tests.Admission;

/// <summary>What every limiter promises, wherever it counts.</summary>
public abstract class LimiterContract
{
    protected const int Unlimited = int.MaxValue;

    protected static readonly IPAddress Address = IPAddress.Parse("192.0.2.1");

    private static readonly IPAddress Other = IPAddress.Parse("192.0.2.2");

    protected FakeTimeProvider Time { get; } = new(new DateTimeOffset(2026, 1, 1, 12, 0, 0, TimeSpan.Zero));

    /// <summary>The smallest time that the limiter knows.</summary>
    protected abstract TimeSpan Tick { get; }

    /// <summary>How often a property is tried.</summary>
    protected abstract int Samples { get; }

    [Fact]
    public async Task Admits_five_a_minute()
    {
        using var limiter = await NewAsync(5, Unlimited);
        Assert.Equal(5, await AdmittedAsync(limiter, Address, 20));
        Time.Advance(TimeSpan.FromSeconds(59));
        Assert.Equal(0, await AdmittedAsync(limiter, Address, 1));
    }

    [Fact]
    public async Task Slides_instead_of_starting_anew_with_each_minute()
    {
        using var limiter = await NewAsync(5, Unlimited);
        Time.Advance(TimeSpan.FromSeconds(59));
        Assert.Equal(5, await AdmittedAsync(limiter, Address, 5));
        Time.Advance(TimeSpan.FromSeconds(2));
        Assert.Equal(0, await AdmittedAsync(limiter, Address, 5));
        Time.Advance(TimeSpan.FromSeconds(29));
        Assert.Equal(2, await AdmittedAsync(limiter, Address, 5));
    }

    [Fact]
    public async Task Forgets_after_two_minutes()
    {
        using var limiter = await NewAsync(5, Unlimited);
        Assert.Equal(5, await AdmittedAsync(limiter, Address, 5));
        Time.Advance(TimeSpan.FromMinutes(2));
        Assert.Equal(5, await AdmittedAsync(limiter, Address, 6));
    }

    [Fact]
    public async Task Refusals_do_not_make_the_wait_longer()
    {
        using var limiter = await NewAsync(5, Unlimited);
        await AdmittedAsync(limiter, Address, 5);
        var first = await RetryAfterAsync(limiter);
        await AdmittedAsync(limiter, Address, 500);
        Assert.Equal(first, await RetryAfterAsync(limiter));
    }

    /// <summary>A call is taken from both budgets or from neither.</summary>
    [Fact]
    public async Task A_call_that_one_budget_refuses_takes_nothing_from_the_other()
    {
        using var limiter = await NewAsync(limit: 2, globalLimit: 3);
        Assert.Equal(2, await AdmittedAsync(limiter, Address, 20));
        Assert.Equal(1, await AdmittedAsync(limiter, Other, 20));

        // Half of the minute before counts: one and a half of three, and half a call of two.
        Time.Advance(TimeSpan.FromSeconds(90));
        Assert.Equal(1, await AdmittedAsync(limiter, Other, 20));
    }

    /// <summary>Waiting as long as it says is enough; waiting a tick less is not.</summary>
    [Fact]
    public Task Tells_exactly_how_long_to_wait() => Gen.Select(Gen.Int[1, 7], Gen.Int[1, 9], Gen.Int[0, 120_000].Array[1, 8]).SampleAsync(
        async (limit, globalLimit, pauses) =>
        {
            using var limiter = await NewAsync(limit, globalLimit);
            foreach (var pause in pauses)
            {
                Time.Advance(TimeSpan.FromMilliseconds(pause));
                while (await AcquireAsync(limiter, Address))
                {
                }
            }

            var wait = await RetryAfterAsync(limiter);
            Assert.InRange(wait, Tick, TimeSpan.FromMinutes(2));
            Time.Advance(wait - Tick);
            Assert.False(await AcquireAsync(limiter, Address));
            Time.Advance(Tick);
            Assert.True(await AcquireAsync(limiter, Address));
        },
        iter: Samples,
        threads: 1);

    [Theory]
    [InlineData("2001:db8:1:2::1", "2001:db8:1:2:ffff:ffff:ffff:ffff", true)]
    [InlineData("2001:db8:1:2::1", "2001:db8:1:3::1", false)]
    [InlineData("fe80::1%3", "fe80::2%4", true)]
    [InlineData("192.0.2.1", "::ffff:192.0.2.1", true)]
    [InlineData("192.0.2.1", "192.0.2.2", false)]
    [InlineData("192.0.2.1", "c000:201::", false)]
    [InlineData("192.0.2.1", "::192.0.2.1", false)]
    public async Task Tells_callers_apart_by_address_and_by_network(string one, string other, bool areOne)
    {
        using var limiter = await NewAsync(1, Unlimited);
        Assert.True(await AcquireAsync(limiter, IPAddress.Parse(one)));
        Assert.NotEqual(areOne, await AcquireAsync(limiter, IPAddress.Parse(other)));
    }

    /// <summary>Whoever has a /56 or a /48 has a /64 for each call.</summary>
    [Theory]
    [InlineData("2001:db8:1:2{0:x2}::1", 256, 4)]
    [InlineData("2001:db8:1:{0:x2}00::1", 256, 16)]
    public async Task A_wider_ipv6_network_may_do_a_few_times_as_much_as_one_caller(string form, int addresses, int admitted)
    {
        using var limiter = await NewAsync(3, Unlimited);
        var total = 0;
        for (var i = 0; i < addresses; i++)
        {
            total += await AdmittedAsync(limiter, IPAddress.Parse(string.Format(CultureInfo.InvariantCulture, form, i)), 4);
        }

        Assert.Equal(3 * admitted, total);
        Assert.Equal(3, await AdmittedAsync(limiter, IPAddress.Parse("2001:db8:2::1"), 4));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(90)]
    [InlineData(240)]
    public async Task A_clock_that_is_set_back_renews_no_budget(int seconds)
    {
        using var limiter = await NewAsync(5, Unlimited);
        Assert.Equal(5, await AdmittedAsync(limiter, Address, 6));
        Time.AdjustTime(Time.GetUtcNow() - TimeSpan.FromSeconds(seconds));
        Assert.Equal(0, await AdmittedAsync(limiter, Address, 6));
    }

    [Fact]
    public async Task Nobody_waits_for_a_clock_that_was_far_ahead()
    {
        using var limiter = await NewAsync(5, Unlimited);
        Time.Advance(TimeSpan.FromHours(1));
        Assert.Equal(5, await AdmittedAsync(limiter, Address, 6));
        Time.AdjustTime(Time.GetUtcNow() - TimeSpan.FromHours(1));
        Assert.Equal(0, await AdmittedAsync(limiter, Address, 6));
        Time.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(5, await AdmittedAsync(limiter, Address, 6));
    }

    [Fact]
    public async Task Admits_no_more_than_the_global_limit()
    {
        using var limiter = await NewAsync(5, 60);
        var admitted = 0;
        foreach (var address in Distinct(1000))
        {
            admitted += await AcquireAsync(limiter, address) ? 1 : 0;
        }

        Assert.Equal(60, admitted);
    }

    [Fact]
    public async Task Admits_no_more_when_many_ask_at_once()
    {
        using var limiter = await NewAsync(5, Unlimited);
        var admitted = 0;
        await Parallel.ForAsync(0, 1000, new ParallelOptions { MaxDegreeOfParallelism = 32 }, async (_, _) =>
            Interlocked.Add(ref admitted, await AcquireAsync(limiter, Address) ? 1 : 0));
        Assert.Equal(5, admitted);
    }

    /// <summary>A limiter that has counted nothing, and goes by <see cref="Time"/>.</summary>
    protected abstract Task<PartitionedRateLimiter<IPAddress>> NewAsync(int limit, int globalLimit);

    protected static IEnumerable<IPAddress> Distinct(int count) =>
        Enumerable.Range(0, count).Select(n => new IPAddress(0x0A000000u + (uint)n));

    protected static async Task<bool> AcquireAsync(PartitionedRateLimiter<IPAddress> limiter, IPAddress address)
    {
        using var lease = await limiter.AcquireAsync(address);
        return lease.IsAcquired;
    }

    protected static async Task<int> AdmittedAsync(PartitionedRateLimiter<IPAddress> limiter, IPAddress address, int tries)
    {
        var admitted = 0;
        for (var i = 0; i < tries; i++)
        {
            admitted += await AcquireAsync(limiter, address) ? 1 : 0;
        }

        return admitted;
    }

    private static async Task<TimeSpan> RetryAfterAsync(PartitionedRateLimiter<IPAddress> limiter)
    {
        using var lease = await limiter.AcquireAsync(Address);
        Assert.False(lease.IsAcquired);
        Assert.True(lease.TryGetMetadata(MetadataName.RetryAfter, out var wait));
        return wait;
    }
}
