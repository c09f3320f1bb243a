using System.Net;
using System.Net.Sockets;

namespace GrpcDcr.Server.Fetching;

/// <summary>
/// Connects only to hosts whose addresses are all public. The name is resolved once, and the connection uses a validated address, which
/// prevents DNS rebinding.
/// </summary>
internal sealed class GuardedConnector(IFetchNetwork network)
{
    /// <summary>
    /// The same text for an unknown host and for a host that is not public, so that it does not reveal names of the internal network.
    /// </summary>
    internal const string NotPublic = "is on a host that was not found or whose address is not public";

    /// <summary>A name may have thousands of addresses; only some are tried.</summary>
    internal const int MostTried = 4;

    /// <exception cref="FetchFault">The host is not public, or no connection was possible.</exception>
    public async Task<Stream> ConnectAsync(FetchTarget target, CancellationToken cancellationToken)
    {
        var addresses = await AddressesAsync(target.Host, cancellationToken);
        if (!target.MayBePrivate && Array.Find(addresses, address => !PublicAddresses.Contains(address)) is { } hidden)
        {
            throw new FetchFault(NotPublic, $"{target.Host} has the address {hidden}, which is not public");
        }

        var cause = $"{target.Host} has no address";
        foreach (var address in addresses.Take(MostTried))
        {
            try
            {
                return await network.ConnectAsync(new IPEndPoint(address, target.Port), cancellationToken);
            }
            catch (SocketException e)
            {
                cause = $"{address}: {e.Message}";
            }
        }

        throw new FetchFault(addresses.Length == 0 ? NotPublic : "is on a host that accepts no connection", cause);
    }

    private async Task<IPAddress[]> AddressesAsync(string host, CancellationToken cancellationToken)
    {
        if (IPAddress.TryParse(host, out var literal))
        {
            return [Plain(literal)];
        }

        try
        {
            return Array.ConvertAll(await network.ResolveAsync(host, cancellationToken), Plain);
        }
        catch (SocketException e)
        {
            throw new FetchFault(NotPublic, $"{host} was not found: {e.Message}");
        }
    }

    private static IPAddress Plain(IPAddress address) => address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
}
