using GrpcDcr.Server.Endpoints.Errors;
using Microsoft.AspNetCore.Cors.Infrastructure;

namespace GrpcDcr.Server.Endpoints.Http;

/// <summary>
/// Cross-origin access to the public listener (OpenID Connect Registration 1.0 section 3): from every origin, because no cookie or other
/// ambient credential is accepted. Refusals have the CORS headers too, so that browser code can read them.
/// </summary>
internal static class OAuthCors
{
    public const string Policy = "oauth";

    public static void Configure(CorsOptions options) => options.AddPolicy(Policy, policy => policy
        .AllowAnyOrigin()
        .AllowAnyHeader()
        .WithMethods("GET", "POST", "PUT", "DELETE")
        .WithExposedHeaders("WWW-Authenticate", "Retry-After", "ETag", RequestId.Header)
        .SetPreflightMaxAge(TimeSpan.FromHours(1)));
}
