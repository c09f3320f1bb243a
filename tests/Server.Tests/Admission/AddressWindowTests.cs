using System.Net;
using System.Threading.RateLimiting;
using GrpcDcr.Server.Admission;

namespace GrpcDcr.Server.Tests.Admission;

/// <summary>The limiter that counts in memory: the contract, and that its memory is bounded.</summary>
public sealed class AddressWindowTests : LimiterContract
{
    /// <summary>Of IPv4 in a minute: addresses, networks that stand for them, and the widest ones, which always have room.</summary>
    private const int MostTracked = (2 * AddressWindow.MaxTracked) + 256;

    protected override TimeSpan Tick => TimeSpan.FromTicks(1);

    protected override int Samples => 500;

    [Fact]
    public void Forgets_addresses_that_no_longer_count()
    {
        using var window = new AddressWindow(5, Unlimited, Time);
        Flood(window, 1000);
        Time.Advance(TimeSpan.FromMinutes(2));
        window.AttemptAcquire(Address).Dispose();
        Assert.Equal(1, window.TrackedNetworks);
    }

    [Fact]
    public void Remembers_only_addresses_that_it_admitted()
    {
        using var window = new AddressWindow(5, 600, Time);
        Assert.Equal(600, Flood(window, 1_000_000));
        Assert.Equal(600, window.TrackedNetworks);
    }

    [Fact]
    public void Remembers_a_bounded_number_of_networks()
    {
        using var window = new AddressWindow(5, Unlimited, Time);
        Flood(window, 1_000_000);
        Assert.InRange(window.TrackedNetworks, AddressWindow.MaxTracked, MostTracked);
        Time.Advance(TimeSpan.FromMinutes(1));
        Flood(window, 1_000_000);
        Assert.InRange(window.TrackedNetworks, AddressWindow.MaxTracked, 2 * MostTracked);
    }

    [Fact]
    public async Task A_flood_from_many_ipv6_networks_refuses_nobody_else()
    {
        using var window = new AddressWindow(5, Unlimited, Time);
        FloodIPv6(window);

        Assert.Equal(5, await AdmittedAsync(window, Address, 6));
        Assert.Equal(5 * 64, await AdmittedAsync(window, IPAddress.Parse("2001:db9::1"), 1000));
        Assert.Equal(5 * 64, await AdmittedAsync(window, IPAddress.Parse("2001:dba::1"), 1000));
    }

    [Fact]
    public async Task When_there_is_no_room_for_more_networks_wider_ones_are_counted()
    {
        using var window = new AddressWindow(5, Unlimited, Time);
        Flood(window, AddressWindow.MaxTracked);

        var admitted = 0;
        for (var host = 0; host < 256; host++)
        {
            admitted += await AdmittedAsync(window, IPAddress.Parse($"203.0.113.{host}"), 5);
        }

        Assert.Equal(5 * 4, admitted);
        Assert.Equal(5 * 4, await AdmittedAsync(window, IPAddress.Parse("198.51.100.1"), 100));
    }

    [Fact]
    public async Task There_is_room_again_once_the_flood_is_over()
    {
        using var window = new AddressWindow(5, Unlimited, Time);
        Flood(window, 2 * AddressWindow.MaxTracked);
        Time.Advance(TimeSpan.FromMinutes(1));

        Assert.Equal(5, await AdmittedAsync(window, IPAddress.Parse("203.0.113.1"), 10));
        Assert.Equal(5, await AdmittedAsync(window, IPAddress.Parse("203.0.113.2"), 10));
    }

    protected override Task<PartitionedRateLimiter<IPAddress>> NewAsync(int limit, int globalLimit) =>
        Task.FromResult<PartitionedRateLimiter<IPAddress>>(new AddressWindow(limit, globalLimit, Time));

    private static int Flood(AddressWindow window, int addresses) =>
        Distinct(addresses).Count(address => window.AttemptAcquire(address).IsAcquired);

    /// <summary>A /48 for each call, all of them in one /32.</summary>
    private static void FloodIPv6(AddressWindow window)
    {
        for (var i = 0; i < 65_536; i++)
        {
            window.AttemptAcquire(IPAddress.Parse($"2001:db8:{i:x}::1")).Dispose();
        }
    }
}
