using System.Net.Security;
using System.Security.Cryptography.X509Certificates;
using Grpc.Net.Client;
using Microsoft.Extensions.DependencyInjection;

namespace GrpcDcr.Client;

/// <summary>
/// Configures how the clients of one role and one name reach the service. Created by <see cref="GrpcDcrClientServices"/>.
/// </summary>
public sealed class GrpcDcrClientBuilder
{
    private readonly IHttpClientBuilder _http;
    private readonly List<Action<IServiceProvider, SocketsHttpHandler>> _handlerSetup = [];
    private readonly List<Action<IServiceProvider, GrpcChannelOptions>> _channelSetup = [];

    internal GrpcDcrClientBuilder(IServiceCollection services, string name, string httpClientName)
    {
        Services = services;
        Name = name;
        _http = services.AddHttpClient(httpClientName).ConfigurePrimaryHttpMessageHandler(CreateHandler);
    }

    /// <summary>The container.</summary>
    public IServiceCollection Services { get; }

    /// <summary>The name of the clients, which is their key in the container; empty for clients without a name.</summary>
    public string Name { get; }

    internal IEnumerable<Action<IServiceProvider, GrpcChannelOptions>> ChannelSetup => _channelSetup;

    /// <summary>Configures the HTTP client: additional message handlers, or another primary handler, such as that of a test host.</summary>
    /// <param name="configure">Configures the builder of the HTTP client.</param>
    /// <returns>This builder.</returns>
    public GrpcDcrClientBuilder ConfigureHttpClient(Action<IHttpClientBuilder> configure)
    {
        ArgumentNullException.ThrowIfNull(configure);
        configure(_http);
        return this;
    }

    /// <summary>
    /// Configures the gRPC channel: message sizes, compression, load balancing. Runs once, after the options are applied.
    /// </summary>
    /// <param name="configure">Changes the options of the channel.</param>
    /// <returns>This builder.</returns>
    public GrpcDcrClientBuilder ConfigureChannel(Action<IServiceProvider, GrpcChannelOptions> configure)
    {
        ArgumentNullException.ThrowIfNull(configure);
        _channelSetup.Add(configure);
        return this;
    }

    /// <summary>Configures TLS towards the service: which certificate authorities to trust, which versions to allow.</summary>
    /// <param name="configure">Changes the TLS options.</param>
    /// <returns>This builder.</returns>
    public GrpcDcrClientBuilder ConfigureTls(Action<SslClientAuthenticationOptions> configure)
    {
        ArgumentNullException.ThrowIfNull(configure);
        return SetUp((_, handler) => configure(handler.SslOptions));
    }

    /// <summary>Presents a client certificate.</summary>
    /// <param name="certificate">
    /// Returns the certificate with its private key for each handshake, so that a renewed certificate takes effect at once.
    /// </param>
    /// <returns>This builder.</returns>
    public GrpcDcrClientBuilder UseClientCertificate(Func<IServiceProvider, X509Certificate2> certificate)
    {
        ArgumentNullException.ThrowIfNull(certificate);
        return SetUp((provider, handler) =>
            handler.SslOptions.LocalCertificateSelectionCallback = (_, _, _, _, _) => certificate(provider));
    }

    /// <summary>Presents a client certificate.</summary>
    /// <param name="certificate">The certificate with its private key.</param>
    /// <returns>This builder.</returns>
    public GrpcDcrClientBuilder UseClientCertificate(X509Certificate2 certificate)
    {
        ArgumentNullException.ThrowIfNull(certificate);
        return UseClientCertificate(_ => certificate);
    }

    /// <summary>
    /// Pings the service over an idle connection, so that a broken connection is noticed before a call needs it. Default: after 30 s, with
    /// a timeout of 10 s.
    /// </summary>
    /// <param name="delay">How long a connection is idle before it is pinged, at least a second.</param>
    /// <param name="timeout">How long to wait for the response before the connection is closed, at least a second.</param>
    /// <returns>This builder.</returns>
    public GrpcDcrClientBuilder UseKeepAlive(TimeSpan delay, TimeSpan timeout)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(delay, TimeSpan.FromSeconds(1));
        ArgumentOutOfRangeException.ThrowIfLessThan(timeout, TimeSpan.FromSeconds(1));
        return SetUp((_, handler) => (handler.KeepAlivePingDelay, handler.KeepAlivePingTimeout) = (delay, timeout));
    }

    private GrpcDcrClientBuilder SetUp(Action<IServiceProvider, SocketsHttpHandler> setUp)
    {
        _handlerSetup.Add(setUp);
        return this;
    }

    private SocketsHttpHandler CreateHandler(IServiceProvider provider)
    {
        var handler = new SocketsHttpHandler
        {
            EnableMultipleHttp2Connections = true,
            PooledConnectionIdleTimeout = Timeout.InfiniteTimeSpan,
            KeepAlivePingDelay = TimeSpan.FromSeconds(30),
            KeepAlivePingTimeout = TimeSpan.FromSeconds(10),
        };
        foreach (var setUp in _handlerSetup)
        {
            setUp(provider, handler);
        }

        return handler;
    }
}
