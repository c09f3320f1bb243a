using System.Net;

namespace GrpcDcr.Server.Fetching;

/// <summary>What a fetch needs of the network. It validates nothing.</summary>
internal interface IFetchNetwork
{
    /// <summary>All addresses of a name.</summary>
    /// <exception cref="System.Net.Sockets.SocketException">There are none, or they cannot be found.</exception>
    Task<IPAddress[]> ResolveAsync(string host, CancellationToken cancellationToken);

    /// <summary>A TCP connection to exactly this address.</summary>
    /// <exception cref="System.Net.Sockets.SocketException">There is none.</exception>
    Task<Stream> ConnectAsync(IPEndPoint endpoint, CancellationToken cancellationToken);
}
