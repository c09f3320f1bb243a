using System.Text.Json;
using GrpcDcr.Server.Endpoints.Security;
using Microsoft.AspNetCore.Diagnostics.HealthChecks;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace GrpcDcr.Server.Endpoints.Http;

/// <summary>Health for the platform, as JSON that says what is wrong: 200 or 503.</summary>
internal static class HealthEndpoints
{
    /// <summary>Tag of the checks of <c>/health/started</c>.</summary>
    public const string Started = "started";

    /// <summary>Tag of the checks of <c>/health/ready</c>.</summary>
    public const string Ready = "ready";

    public static void MapHealthEndpoints(this IEndpointRouteBuilder endpoints)
    {
        Map("started", check => check.Tags.Contains(Started));

        // It answers: more is not asked. What depends on others is no reason to be killed.
        Map("live", _ => false);
        Map("ready", check => check.Tags.Contains(Ready));

        void Map(string name, Func<HealthCheckRegistration, bool> isAsked) => endpoints
            .MapHealthChecks($"/health/{name}", new HealthCheckOptions { Predicate = isAsked, ResponseWriter = WriteAsync })
            .WithMetadata(Listener.Management)
            .RequireAuthorization(Policies.Everybody);
    }

    private static Task WriteAsync(HttpContext http, HealthReport report)
    {
        http.Response.ContentType = "application/json";
        return http.Response.Body.WriteAsync(JsonSerializer.SerializeToUtf8Bytes(new
        {
            status = report.Status.ToString(),
            checks = report.Entries.ToDictionary(
                entry => entry.Key, entry => new { status = entry.Value.Status.ToString(), reason = entry.Value.Description }),
        })).AsTask();
    }
}
