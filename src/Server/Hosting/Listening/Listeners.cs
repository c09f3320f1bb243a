using System.Net;
using System.Security.Authentication;
using GrpcDcr.Server.Endpoints.Http;
using GrpcDcr.Server.Endpoints.Security;
using GrpcDcr.Server.Hosting.Settings;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace GrpcDcr.Server.Hosting.Listening;

/// <summary>The three listeners. Each connection is tagged with its listener; nothing a caller sends can change that.</summary>
internal static class Listeners
{
    /// <summary>A request must have sent its headers within this time.</summary>
    private static readonly TimeSpan HeaderTimeout = TimeSpan.FromSeconds(10);

    public static void UseDoors(this IWebHostBuilder host, DoorAddresses doors) => host.ConfigureKestrel((context, kestrel) =>
    {
        // Certificates and further limits are standard Kestrel settings.
        kestrel.Configure(context.Configuration.GetSection("Kestrel"));
        kestrel.AddServerHeader = false;
        kestrel.ConfigureHttpsDefaults(https => https.SslProtocols = SslProtocols.Tls12 | SslProtocols.Tls13);
        kestrel.Limits.MaxRequestBodySize = RegistrationBody.Limit;
        kestrel.Limits.MaxRequestHeadersTotalSize = 16 * 1024;
        kestrel.Limits.RequestHeadersTimeout = HeaderTimeout;
        Listen(kestrel, doors.Public, Door.Public, HttpProtocols.Http1, HttpProtocols.Http1AndHttp2);
        Listen(kestrel, doors.Inner, Door.Inner, HttpProtocols.Http2, HttpProtocols.Http2);
        Listen(kestrel, doors.Operator, Door.Operator, HttpProtocols.Http1, HttpProtocols.Http1AndHttp2);
    });

    /// <summary>In clear text a listener speaks one version of HTTP; under TLS the two agree on one.</summary>
    private static void Listen(KestrelServerOptions kestrel, Uri address, Door door, HttpProtocols clear, HttpProtocols secure)
    {
        var isSecure = address.Scheme == Uri.UriSchemeHttps;
        if (address.Host == "localhost" && address.Port != 0)
        {
            kestrel.ListenLocalhost(address.Port, Configure);
        }
        else
        {
            kestrel.Listen(address.Host == "localhost" ? IPAddress.Loopback : IPAddress.Parse(address.DnsSafeHost), address.Port, Configure);
        }

        void Configure(ListenOptions listener)
        {
            listener.Protocols = isSecure ? secure : clear;
            if (isSecure)
            {
                listener.UseHttps();
            }

            listener.Use(next => connection =>
            {
                connection.Features.Set(door);
                return next(connection);
            });
        }
    }
}
