using System.Net;

namespace GrpcDcr.Server.Fetching;

/// <summary>
/// Sends requests to hosts that are allowed by the rules for documents, each on its own connection: no redirect, no proxy, no cookie. What
/// is sent and received is for the caller to limit.
/// </summary>
internal sealed class GuardedHandler : DelegatingHandler
{
    private readonly AllowedHosts _hosts;

    /// <param name="options">Which hosts and certificates are allowed.</param>
    /// <param name="network">The network.</param>
    /// <param name="plain">As in <see cref="AllowedHosts"/>.</param>
    public GuardedHandler(FetchingOptions options, IFetchNetwork network, string? plain)
    {
        _hosts = new AllowedHosts(options.AllowedHosts, plain);
        var connector = new GuardedConnector(network);
        InnerHandler = new SocketsHttpHandler
        {
            ConnectCallback = async (context, cancellationToken) =>
                await connector.ConnectAsync(TargetOf(context.InitialRequestMessage), cancellationToken),
            SslOptions = ServerTrust.From(options).ForConnection(),
            UseProxy = false,
            UseCookies = false,
            AllowAutoRedirect = false,
            AutomaticDecompression = DecompressionMethods.None,
            ActivityHeadersPropagator = null,
            MaxResponseHeadersLength = DocumentExchange.MaxHeadersLength,
            PooledConnectionLifetime = TimeSpan.Zero,
        };
    }

    /// <exception cref="FetchFault">The URI is not allowed.</exception>
    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        _ = TargetOf(request);
        return base.SendAsync(request, cancellationToken);
    }

    private FetchTarget TargetOf(HttpRequestMessage request)
    {
        var uri = request.RequestUri?.AbsoluteUri ?? "";
        return FetchTarget.Fault(uri, _hosts, out var target) is { } fault
            ? throw new FetchFault(fault, request.RequestUri?.GetLeftPart(UriPartial.Path) ?? "")
            : target!;
    }
}
