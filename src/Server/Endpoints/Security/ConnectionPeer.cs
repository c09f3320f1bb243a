using System.Net;

namespace GrpcDcr.Server.Endpoints.Security;

/// <summary>
/// Who opened the connection of a request, whatever its headers say: <c>X-Forwarded-*</c> headers replace the address of the connection
/// where a trusted proxy sent them.
/// </summary>
/// <param name="Address">The address; <see langword="null"/> if it is not known.</param>
/// <param name="IsTrustedProxy">Whether its <c>X-Forwarded-*</c> headers count.</param>
/// <param name="Forwards">Whether the request has an <c>X-Forwarded-*</c> header.</param>
internal sealed record ConnectionPeer(IPAddress? Address, bool IsTrustedProxy, bool Forwards)
{
    private const string Prefix = "X-Forwarded-";

    public static ConnectionPeer Of(HttpContext http, IReadOnlyList<IPNetwork> proxies)
    {
        var raw = http.Connection.RemoteIpAddress;
        var address = raw is { IsIPv4MappedToIPv6: true } ? raw.MapToIPv4() : raw;
        return new ConnectionPeer(
            address,
            address is not null && proxies.Any(proxy => proxy.Contains(address) || proxy.Contains(raw!)),
            Forwarding(http.Request.Headers));
    }

    /// <summary>
    /// Whether the request comes from a program on this machine, so that it needs no TLS. A proxy on this machine speaks for others: it
    /// always does at the public listener, and elsewhere where it says so.
    /// </summary>
    public bool IsLocal(Listener? listener) => Address is not null && IPAddress.IsLoopback(Address)
        && !(IsTrustedProxy && (Forwards || listener == Listener.Public));

    private static bool Forwarding(IHeaderDictionary headers)
    {
        foreach (var (name, _) in headers)
        {
            if (name.StartsWith(Prefix, StringComparison.OrdinalIgnoreCase))
            {
                return true;
            }
        }

        return false;
    }
}
