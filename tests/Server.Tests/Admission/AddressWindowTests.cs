using System.Net;
using System.Threading.RateLimiting;
using GrpcDcr.Server.Admission;

namespace GrpcDcr.Server.Tests.Admission;

/// <summary>The limiter that counts in memory: the contract, and that its memory is bounded.</summary>
public sealed class AddressWindowTests : LimiterContract
{
    protected override TimeSpan Tick => TimeSpan.FromTicks(1);

    protected override int Samples => 500;

    [Fact]
    public void Forgets_addresses_that_no_longer_count()
    {
        using var window = new AddressWindow(5, Unlimited, Time);
        Flood(window, 1000);
        Time.Advance(TimeSpan.FromMinutes(2));
        window.AttemptAcquire(Address).Dispose();
        Assert.Equal(1, window.TrackedAddresses);
    }

    [Fact]
    public void Remembers_only_addresses_that_it_admitted()
    {
        using var window = new AddressWindow(5, 600, Time);
        Assert.Equal(600, Flood(window, 1_000_000));
        Assert.Equal(600, window.TrackedAddresses);
    }

    [Fact]
    public void Remembers_a_bounded_number_of_addresses()
    {
        using var window = new AddressWindow(5, Unlimited, Time);
        Flood(window, 1_000_000);
        Assert.Equal(AddressWindow.MaxTracked + 1, window.TrackedAddresses);
        Time.Advance(TimeSpan.FromMinutes(1));
        Flood(window, 1_000_000);
        Assert.InRange(window.TrackedAddresses, AddressWindow.MaxTracked, 2 * (AddressWindow.MaxTracked + 1));
    }

    protected override Task<PartitionedRateLimiter<IPAddress>> NewAsync(int limit, int globalLimit) =>
        Task.FromResult<PartitionedRateLimiter<IPAddress>>(new AddressWindow(limit, globalLimit, Time));

    private static int Flood(AddressWindow window, int addresses) =>
        Distinct(addresses).Count(address => window.AttemptAcquire(address).IsAcquired);
}
