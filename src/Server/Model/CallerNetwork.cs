using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;

namespace GrpcDcr.Server.Model;

/// <summary>A block of addresses that calls are counted for. IPv4 addresses are the same in any form.</summary>
/// <param name="Prefix">The first address of the block, with its first bit as the highest one.</param>
/// <param name="Length">The number of leading bits that all addresses of the block share.</param>
/// <param name="IsIPv6">The family, which keeps blocks of the same bits apart.</param>
internal readonly record struct CallerNetwork(UInt128 Prefix, byte Length, bool IsIPv6)
{
    private const int Bits = 128;
    private const int IPv4Length = 32;

    /// <summary>The smallest block that a subscriber gets: an IPv4 address, or an IPv6 /64.</summary>
    public static CallerNetwork Of(IPAddress address) => IsOfIPv6(address) ? Of(address, 64) : Of(address, IPv4Length);

    /// <param name="address">In the block.</param>
    /// <param name="length">Of its prefix, 1 or more.</param>
    public static CallerNetwork Of(IPAddress address, byte length)
    {
        Span<byte> bytes = stackalloc byte[16];
        bytes.Clear();
        var isIPv6 = IsOfIPv6(address);
        (isIPv6 ? address : address.MapToIPv4()).TryWriteBytes(bytes, out _);
        return new CallerNetwork(
            BinaryPrimitives.ReadUInt128BigEndian(bytes) & (UInt128.MaxValue << (Bits - length)), length, isIPv6);
    }

    /// <summary>Whether calls from the address are counted by networks of IPv6.</summary>
    public static bool IsOfIPv6(IPAddress address) =>
        address.AddressFamily == AddressFamily.InterNetworkV6 && !address.IsIPv4MappedToIPv6;

    /// <summary>The usual notation, such as <c>192.0.2.1</c> and <c>2001:db8:1:2::/64</c>.</summary>
    public override string ToString()
    {
        Span<byte> bytes = stackalloc byte[16];
        BinaryPrimitives.WriteUInt128BigEndian(bytes, Prefix);
        var address = new IPAddress(IsIPv6 ? bytes : bytes[..4]);
        return !IsIPv6 && Length == IPv4Length ? $"{address}" : $"{address}/{Length}";
    }
}
