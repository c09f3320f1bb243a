using System.Security.Authentication;
using GrpcDcr.Server.Endpoints.Http;
using GrpcDcr.Server.Endpoints.Security;
using GrpcDcr.Server.Hosting.Settings;
using Microsoft.AspNetCore.Server.Kestrel;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Https;

namespace GrpcDcr.Server.Hosting.Listening;

/// <summary>
/// The listeners: Kestrel endpoints from Kestrel's own configuration, which it reloads when a file changes. Each connection is tagged with
/// its listener; a caller cannot change the tag.
/// </summary>
/// <param name="settings">Has the trusted proxies, and the limits of connections.</param>
/// <param name="time">Paces the log.</param>
/// <param name="logger">The log.</param>
/// <param name="certificates">Decides about the certificates of callers; <see langword="null"/> if none has a role.</param>
internal sealed class Listeners(
    ServerSettings settings, TimeProvider time, ILogger<Listeners> logger, CertificateAuthentication? certificates = null)
{
    /// <summary>The timeout for the headers of a request.</summary>
    private static readonly TimeSpan HeaderTimeout = TimeSpan.FromSeconds(10);

    private readonly Dictionary<Listener, ListenOptions> _open = [];
    private readonly Dictionary<Listener, ConnectionLimit> _limits = settings.Listeners.MaxConnections.ToDictionary(
        limit => limit.Key, limit => new ConnectionLimit(ListenerSettings.MaxConnectionsKey(limit.Key), limit.Value, time, logger));

    public void Configure(KestrelServerOptions kestrel, IConfiguration configuration)
    {
        kestrel.AddServerHeader = false;
        kestrel.ConfigureHttpsDefaults(https => https.SslProtocols = SslProtocols.Tls12 | SslProtocols.Tls13);
        kestrel.Limits.MaxRequestBodySize = RegistrationBody.Limit;
        kestrel.Limits.MaxRequestHeadersTotalSize = 16 * 1024;
        kestrel.Limits.RequestHeadersTimeout = HeaderTimeout;
        var loader = kestrel.Configure(configuration.GetSection("Kestrel"), reloadOnChange: true);
        foreach (var listener in Listener.All)
        {
            loader.Endpoint(listener.Name, endpoint => Open(listener, endpoint));
        }
    }

    /// <summary>The bound address of a listener; known after the server has started.</summary>
    public string AddressOf(Listener listener) => _open[listener].ToString()!;

    /// <summary>
    /// Kestrel calls this at the start and after each change of a settings file; an endpoint that is refused does not change.
    /// </summary>
    private void Open(Listener listener, EndpointConfiguration endpoint)
    {
        if (settings.TrustedProxies.Count == 0
            && ListenerSettings.IsExposed(listener, endpoint.IsHttps, endpoint.ListenOptions.IPEndPoint?.Address))
        {
            throw new InvalidOperationException($"{ListenerSettings.SectionOf(listener)}:Url is plain http that other machines can reach.");
        }

        AskForCertificate(listener, endpoint.HttpsOptions);
        var limit = _limits[listener];
        endpoint.ListenOptions.Use(next => connection =>
        {
            connection.Features.Set(listener);
            return limit.RunAsync(connection, next);
        });
        _open[listener] = endpoint.ListenOptions;
    }

    /// <summary>
    /// Certificates of roles have an authority of their own, which Kestrel would not trust. On the other listeners it decides as it always
    /// does.
    /// </summary>
    private void AskForCertificate(Listener listener, HttpsConnectionAdapterOptions https)
    {
        if (certificates is not null
            && (listener == Listener.Internal || listener == Listener.Admin)
            && ClientCertificateSettings.Asks(https.ClientCertificateMode))
        {
            certificates.Configure(https);
        }
    }
}
