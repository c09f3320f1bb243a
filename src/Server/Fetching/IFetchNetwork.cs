using System.Net;

namespace GrpcDcr.Server.Fetching;

/// <summary>Name resolution and connections. It validates nothing.</summary>
internal interface IFetchNetwork
{
    /// <summary>All addresses of a name.</summary>
    /// <exception cref="System.Net.Sockets.SocketException">The name has no address, or cannot be resolved.</exception>
    Task<IPAddress[]> ResolveAsync(string host, CancellationToken cancellationToken);

    /// <summary>A TCP connection to exactly this address.</summary>
    /// <exception cref="System.Net.Sockets.SocketException">There is none.</exception>
    Task<Stream> ConnectAsync(IPEndPoint endpoint, CancellationToken cancellationToken);
}
