using System.Net;
using GrpcDcr.Server.Endpoints.Security;
using Microsoft.AspNetCore.HttpOverrides;
using IPNetwork = System.Net.IPNetwork;

namespace GrpcDcr.Server.Hosting;

/// <summary>
/// Takes the caller's address and scheme from <c>X-Forwarded-*</c> headers of trusted proxies only. Logs once for each other peer that
/// sends them, because behind a proxy that is not trusted all callers have one address.
/// </summary>
internal sealed partial class TrustedProxies(ILogger<TrustedProxies> logger)
{
    /// <summary>Anybody can send the headers: further peers are not logged.</summary>
    private const int MaxPeers = 100;

    private readonly HashSet<IPAddress> _logged = [];

    public void Use(IApplicationBuilder app, IReadOnlyList<IPNetwork> proxies)
    {
        app.Use((http, next) =>
        {
            var peer = ConnectionPeer.Of(http, proxies);
            http.Features.Set(peer);
            if (peer is { Forwards: true, IsTrustedProxy: false, Address: { } address } && IsNew(address))
            {
                LogNotTrusted(address);
            }

            return next(http);
        });
        if (proxies.Count > 0)
        {
            app.UseForwardedHeaders(OptionsOf(proxies));
        }
    }

    private static ForwardedHeadersOptions OptionsOf(IReadOnlyList<IPNetwork> proxies)
    {
        var options = new ForwardedHeadersOptions
        {
            ForwardedHeaders = ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto,

            // Walks back through any number of trusted proxies, and stops at the first other address.
            ForwardLimit = null,
        };
        options.KnownProxies.Clear();
        options.KnownIPNetworks.Clear();
        foreach (var proxy in proxies)
        {
            options.KnownIPNetworks.Add(proxy);
        }

        return options;
    }

    private bool IsNew(IPAddress address)
    {
        lock (_logged)
        {
            return _logged.Count < MaxPeers && _logged.Add(address);
        }
    }

    [LoggerMessage(1013, LogLevel.Warning,
        "Ignored X-Forwarded-* headers of {Peer}, which is not in ForwardedHeaders:TrustedProxies; if it is a proxy, all of its callers "
        + "share one address. Logged once for each peer")]
    private partial void LogNotTrusted(IPAddress peer);
}
