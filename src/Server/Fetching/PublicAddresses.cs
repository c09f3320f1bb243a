using System.Net;
using System.Net.Sockets;

namespace GrpcDcr.Server.Fetching;

/// <summary>
/// Decides whether an IP address is public, by the IANA special-purpose address registries (RFC 6890). An IPv6 address that embeds an IPv4
/// address is validated by the embedded one.
/// </summary>
internal static class PublicAddresses
{
    private static readonly IPNetwork[] NotPublicIPv4 = Networks(
        "0.0.0.0/8", // this network, unspecified (RFC 791)
        "10.0.0.0/8", // private (RFC 1918)
        "100.64.0.0/10", // shared by the customers of a carrier (RFC 6598)
        "127.0.0.0/8", // loopback (RFC 1122)
        "168.63.129.16/32", // the platform's own service, inside of every virtual machine of Azure
        "169.254.0.0/16", // link-local (RFC 3927); the metadata services of clouds
        "172.16.0.0/12", // private (RFC 1918)
        "192.0.0.0/24", // protocol assignments (RFC 6890)
        "192.0.2.0/24", // documentation (RFC 5737)
        "192.88.99.0/24", // relays of 6to4, given up (RFC 7526)
        "192.168.0.0/16", // private (RFC 1918)
        "198.18.0.0/15", // benchmarking (RFC 2544)
        "198.51.100.0/24", // documentation (RFC 5737)
        "203.0.113.0/24", // documentation (RFC 5737)
        "224.0.0.0/4", // multicast (RFC 5771)
        "240.0.0.0/4"); // reserved, and broadcast (RFC 1112, RFC 919)

    /// <summary>
    /// The global unicast range (RFC 4291 section 2.4). It excludes loopback, unspecified, IPv4-compatible, discard-only 100::/64, local
    /// NAT64 64:ff9b:1::/48, segment routing 5f00::/16, unique local fc00::/7, link-local fe80::/10, site-local fec0::/10 and multicast
    /// ff00::/8.
    /// </summary>
    private static readonly IPNetwork GlobalUnicast = IPNetwork.Parse("2000::/3");

    private static readonly IPNetwork[] NotPublicIPv6 = Networks(
        "2001::/23", // protocol assignments (RFC 2928): Teredo 2001::/32, benchmarking, overlay identifiers
        "2001:db8::/32", // documentation (RFC 3849)
        "3fff::/20"); // documentation (RFC 9637)

    /// <summary>IPv6 networks that embed an IPv4 address, and the first octet of that address.</summary>
    private static readonly (IPNetwork Network, int At)[] Embedding =
    [
        (IPNetwork.Parse("64:ff9b::/96"), 12), // NAT64 (RFC 6052)
        (IPNetwork.Parse("2002::/16"), 2), // 6to4 (RFC 3056)
    ];

    public static bool Contains(IPAddress address)
    {
        if (address.AddressFamily == AddressFamily.InterNetwork)
        {
            return !IsIn(NotPublicIPv4, address);
        }

        // Mapped (RFC 4291 section 2.5.5.2): these come first, because IPNetwork takes them for IPv4 even in networks of IPv6.
        if (address.IsIPv4MappedToIPv6)
        {
            return Contains(address.MapToIPv4());
        }

        Span<byte> octets = stackalloc byte[16];
        if (address.AddressFamily != AddressFamily.InterNetworkV6 || !address.TryWriteBytes(octets, out _))
        {
            return false;
        }

        var plain = new IPAddress(octets);
        foreach (var (network, at) in Embedding)
        {
            if (network.Contains(plain))
            {
                return Contains(new IPAddress(octets.Slice(at, 4)));
            }
        }

        return GlobalUnicast.Contains(plain) && !IsIn(NotPublicIPv6, plain);
    }

    private static bool IsIn(IPNetwork[] networks, IPAddress address)
    {
        foreach (var network in networks)
        {
            if (network.Contains(address))
            {
                return true;
            }
        }

        return false;
    }

    private static IPNetwork[] Networks(params string[] networks) => Array.ConvertAll(networks, IPNetwork.Parse);
}
