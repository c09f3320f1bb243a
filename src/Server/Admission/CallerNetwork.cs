using System.Net;
using System.Net.Sockets;
using System.Runtime.InteropServices;

namespace GrpcDcr.Server.Admission;

/// <summary>
/// The caller that calls are counted for: an IPv4 address in any form, or the /64 network of an IPv6 address, the smallest block that a
/// subscriber gets.
/// </summary>
/// <param name="Value">Sixteen octets: the address, or the network followed by a last octet of 1.</param>
internal readonly record struct CallerNetwork(UInt128 Value)
{
    private const int NetworkLength = 8;

    public static CallerNetwork Of(IPAddress address)
    {
        Span<byte> bytes = stackalloc byte[16];
        bytes.Clear();
        var plain = address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
        plain.TryWriteBytes(bytes, out _);
        if (plain.AddressFamily == AddressFamily.InterNetworkV6)
        {
            bytes[NetworkLength..].Clear();

            // Keeps the networks of IPv6 apart from the addresses of IPv4.
            bytes[^1] = 1;
        }

        return new CallerNetwork(MemoryMarshal.Read<UInt128>(bytes));
    }

    /// <summary>The usual notation, such as <c>192.0.2.1</c> and <c>2001:db8:1:2::/64</c>.</summary>
    public override string ToString()
    {
        Span<byte> bytes = stackalloc byte[16];
        MemoryMarshal.Write(bytes, Value);
        if (bytes[^1] == 0)
        {
            return new IPAddress(bytes[..4]).ToString();
        }

        bytes[^1] = 0;
        return $"{new IPAddress(bytes)}/64";
    }
}
