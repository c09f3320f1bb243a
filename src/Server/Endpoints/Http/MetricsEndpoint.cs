using GrpcDcr.Server.Endpoints.Security;
using OpenTelemetry.Metrics;

namespace GrpcDcr.Server.Endpoints.Http;

/// <summary>The metrics in the format of Prometheus, at the management listener.</summary>
internal static class MetricsEndpoint
{
    public const string Path = "/metrics";

    /// <param name="endpoints">Gets the endpoint.</param>
    /// <param name="provider">Collects the metrics.</param>
    public static void MapMetrics(this IEndpointRouteBuilder endpoints, MeterProvider provider) => endpoints
        .MapPrometheusScrapingEndpoint(Path, provider, configureBranchedPipeline: null, optionsName: null)
        .DisableHttpMetrics()
        .WithMetadata(Listener.Management)
        .RequireAuthorization(Policies.Everybody);
}
