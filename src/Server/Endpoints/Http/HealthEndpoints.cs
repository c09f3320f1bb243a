using System.Text.Json;
using GrpcDcr.Server.Endpoints.Security;
using Microsoft.AspNetCore.Diagnostics.HealthChecks;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace GrpcDcr.Server.Endpoints.Http;

/// <summary>Health endpoints for the platform: 200 or 503, with the problems as JSON.</summary>
internal static class HealthEndpoints
{
    /// <summary>Tag of the checks of <c>/health/started</c>.</summary>
    public const string Started = "started";

    /// <summary>Tag of the checks of <c>/health/ready</c>.</summary>
    public const string Ready = "ready";

    public static void MapHealthEndpoints(this IEndpointRouteBuilder endpoints)
    {
        Map("started", check => check.Tags.Contains(Started));

        // Answering is enough: an unavailable dependency is no reason to restart the process.
        Map("live", _ => false);
        Map("ready", check => check.Tags.Contains(Ready));

        void Map(string name, Func<HealthCheckRegistration, bool> isAsked) => endpoints
            .MapHealthChecks($"/health/{name}", new HealthCheckOptions { Predicate = isAsked, ResponseWriter = WriteAsync })
            .DisableHttpMetrics()
            .WithMetadata(Listener.Management)
            .RequireAuthorization(Policies.Everybody);
    }

    private static Task WriteAsync(HttpContext http, HealthReport report)
    {
        http.Response.ContentType = "application/json";
        return http.Response.Body.WriteAsync(JsonSerializer.SerializeToUtf8Bytes(new
        {
            status = report.Status.ToString(),
            version = ProgramVersion.Text,
            checks = report.Entries.ToDictionary(
                entry => entry.Key, entry => new { status = entry.Value.Status.ToString(), reason = entry.Value.Description }),
        })).AsTask();
    }
}
