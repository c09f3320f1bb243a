using System.Net;
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
    public static Task RunAsync(ServerConfiguration configuration, TextWriter output, CancellationToken cancellationToken)
    {
        var problems = new List<string>();
        var settings = ServerSettings.Read(configuration.Read(problems), problems);
        return RunAsync(settings.Listeners, output, cancellationToken);
    }

    /// <exception cref="HealthCheckException">The service does not answer, or it is not ready.</exception>
    public static async Task RunAsync(ListenerSettings listeners, TextWriter output, CancellationToken cancellationToken)
    {
        var address = listeners.ReachableUrlOf(Listener.Management);
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
}

/// <summary>The service is not ready.</summary>
internal sealed class HealthCheckException(string message) : Exception(message);
