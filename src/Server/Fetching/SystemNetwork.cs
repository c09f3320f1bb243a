using System.Net;
using System.Net.Sockets;

namespace GrpcDcr.Server.Fetching;

/// <summary>The resolver and the sockets of this machine.</summary>
/// <param name="mostLookups">
/// The maximum number of concurrent lookups. The resolver cannot be cancelled: an abandoned lookup still holds its thread and its slot.
/// </param>
internal sealed class SystemNetwork(int mostLookups) : IFetchNetwork
{
    /// <summary>Never disposed, because a lookup may outlive its caller; it holds no system resources.</summary>
    private SemaphoreSlim Lookups { get; } = new(mostLookups);

    public async Task<IPAddress[]> ResolveAsync(string host, CancellationToken cancellationToken)
    {
        await Lookups.WaitAsync(cancellationToken);
        var lookup = Dns.GetHostAddressesAsync(host, CancellationToken.None);
        _ = lookup.ContinueWith(
            ended =>
            {
                _ = ended.Exception;
                Lookups.Release();
            },
            CancellationToken.None,
            TaskContinuationOptions.ExecuteSynchronously,
            TaskScheduler.Default);
        return await lookup.WaitAsync(cancellationToken);
    }

    public async Task<Stream> ConnectAsync(IPEndPoint endpoint, CancellationToken cancellationToken)
    {
        var socket = new Socket(endpoint.AddressFamily, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(endpoint, cancellationToken);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}
