using System.Net;
using System.Net.Sockets;
using GrpcDcr.Server.Endpoints.Security;
using GrpcDcr.Server.Hosting.Settings;

namespace GrpcDcr.Server.Hosting.Commands;

/// <summary>
/// <c>healthcheck</c>: asks the running service at its Management listener whether it is ready. For container images without an HTTP
/// client.
/// </summary>
internal static class HealthCheckCommand
{
    private const string Path = "/health/ready";

    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(5);

    /// <exception cref="SettingsException">The configuration is not acceptable.</exception>
    /// <exception cref="HealthCheckException">The service does not answer, or it is not ready.</exception>
    public static async Task RunAsync(ServerConfiguration configuration, TextWriter output, CancellationToken cancellationToken)
    {
        var problems = new List<string>();
        var settings = ServerSettings.Read(configuration.Read(problems), problems);
        var address = AddressOf(settings.Listeners);
        using var http = new HttpClient { BaseAddress = address, Timeout = Timeout };
        try
        {
            using var response = await http.GetAsync(Path, cancellationToken);
            await output.WriteLineAsync(await response.Content.ReadAsStringAsync(cancellationToken));
            if (response.StatusCode != HttpStatusCode.OK)
            {
                throw new HealthCheckException($"The service at {address} is not ready.");
            }
        }
        catch (Exception e) when (
            e is HttpRequestException || (e is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            throw new HealthCheckException($"No service answers at {address} within {Timeout.TotalSeconds} seconds.");
        }
    }

    /// <summary>A listener at all addresses of the machine answers on loopback.</summary>
    private static Uri AddressOf(ListenerSettings listeners)
    {
        var (url, endPoint) = (listeners.Urls[Listener.Management], listeners.EndPointOf(Listener.Management));
        var host = endPoint.Address.Equals(IPAddress.Any) ? IPAddress.Loopback
            : endPoint.Address.Equals(IPAddress.IPv6Any) ? IPAddress.IPv6Loopback
            : endPoint.Address;
        return new UriBuilder(url)
        {
            Host = host.AddressFamily == AddressFamily.InterNetworkV6 ? $"[{host}]" : $"{host}",
        }.Uri;
    }
}

/// <summary>The service is not ready.</summary>
internal sealed class HealthCheckException(string message) : Exception(message);
