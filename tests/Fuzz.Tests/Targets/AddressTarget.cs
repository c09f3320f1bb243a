using System.Net;
using System.Net.Sockets;
using GrpcDcr.Fuzz.Tests.Engine;
using GrpcDcr.Fuzz.Tests.Mutations;
using GrpcDcr.Server.Admission;
using Microsoft.Extensions.Time.Testing;

namespace GrpcDcr.Fuzz.Tests.Targets;

/// <summary>
/// Two addresses that callers come from, an octet of kind and sixteen more for each: they share a budget where they are one IPv4 address or
/// of one /64 network of IPv6, and nowhere else. A /56 and a /48 are counted too, and have room for both.
/// </summary>
internal sealed class AddressTarget : IFuzzTarget
{
    private const int Length = 17;

    private static readonly FakeTimeProvider Time = new(new DateTimeOffset(2026, 5, 1, 12, 0, 0, TimeSpan.Zero));

    private static readonly IPAddress[] Addresses =
    [
        IPAddress.Parse("192.0.2.1"), IPAddress.Parse("::ffff:192.0.2.1"), IPAddress.Parse("2001:db8::1"),
        IPAddress.Parse("2001:db8::ffff:2"),
        IPAddress.Parse("c000:201::1"), IPAddress.IPv6Loopback, IPAddress.Any, IPAddress.IPv6Any, IPAddress.Broadcast,
    ];

    public string Name => "addresses";

    public IReadOnlyList<byte[]> Seeds { get; } =
        [.. Addresses.SelectMany(_ => Addresses, (one, other) => (byte[])[.. Written(one), .. Written(other)])];

    public IMutation Mutation { get; } = new ByteMutation(new Vocabulary([]));

    public void Check(byte[] input)
    {
        if (input.Length < 2 * Length)
        {
            return;
        }

        var (one, other) = (Read(input.AsSpan(0, Length)), Read(input.AsSpan(Length, Length)));
        using var window = new AddressWindow(limit: 1, globalLimit: 10, Time);
        Assert.True(Acquire(window, one));
        Assert.False(Acquire(window, one));
        Assert.Equal(!AreOneCaller(one, other), Acquire(window, other));
        Assert.Equal(NetworksOf(one).Union(NetworksOf(other)).Count(), window.TrackedNetworks);
    }

    /// <summary>The octets that all addresses of a network have in common; those of different lengths are different ones.</summary>
    private static IEnumerable<string> NetworksOf(IPAddress address)
    {
        var octets = Plain(address).GetAddressBytes();
        int[] lengths = octets.Length == 4 ? [4] : [8, 7, 6];
        return lengths.Select(length => $"{octets.Length}/{length} {Convert.ToHexString(octets, 0, length)}");
    }

    private static bool Acquire(AddressWindow window, IPAddress address)
    {
        using var lease = window.AttemptAcquire(address);
        return lease.IsAcquired;
    }

    private static bool AreOneCaller(IPAddress one, IPAddress other)
    {
        var (first, second) = (Plain(one), Plain(other));
        return first.AddressFamily == second.AddressFamily
            && first.GetAddressBytes().Take(first.AddressFamily == AddressFamily.InterNetworkV6 ? 8 : 4)
                .SequenceEqual(second.GetAddressBytes().Take(first.AddressFamily == AddressFamily.InterNetworkV6 ? 8 : 4));
    }

    private static IPAddress Plain(IPAddress address) => address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;

    /// <summary>The low bit of the first octet says that it is IPv6, the others are its scope.</summary>
    private static IPAddress Read(ReadOnlySpan<byte> octets) =>
        (octets[0] & 1) == 0 ? new IPAddress(octets[1..5]) : new IPAddress(octets[1..], octets[0] >> 1);

    private static byte[] Written(IPAddress address)
    {
        var octets = new byte[Length];
        octets[0] = address.AddressFamily == AddressFamily.InterNetworkV6 ? (byte)1 : (byte)0;
        address.GetAddressBytes().CopyTo(octets, 1);
        return octets;
    }
}
