using GrpcDcr.Server.Endpoints.Security;

namespace GrpcDcr.Server.Endpoints.Http;

/// <summary>The metrics in the format of Prometheus, at the management listener.</summary>
internal static class MetricsEndpoint
{
    public const string Path = "/metrics";

    public static void MapMetrics(this IEndpointRouteBuilder endpoints) => endpoints
        .MapPrometheusScrapingEndpoint(Path)
        .DisableHttpMetrics()
        .WithMetadata(Listener.Management)
        .RequireAuthorization(Policies.Everybody);
}
