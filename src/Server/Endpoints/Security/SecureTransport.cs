using System.Net;
using GrpcDcr.Server.Errors;

namespace GrpcDcr.Server.Endpoints.Security;

/// <summary>
/// Plain HTTP is allowed on loopback only. A request from another machine must have used TLS, here or at a trusted proxy (RFC 7591 section
/// 5).
/// </summary>
internal static class SecureTransport
{
    /// <summary>Refuses calls without TLS before anything else is checked.</summary>
    public static void UseSecureTransport(this IApplicationBuilder app) => app.Use(async (http, next) =>
    {
        if (http.GetEndpoint() is RouteEndpoint && IsInTheClear(http))
        {
            await ListenerErrors.WriteAsync(http, new RegistrationFault.InsecureTransport());
            return;
        }

        await next(http);
    });

    private static bool IsInTheClear(HttpContext http) => http.Features.Get<Listener>() is not { NeedsTls: false }
        && !http.Request.IsHttps
        && http.Connection.RemoteIpAddress is { } address
        && !IPAddress.IsLoopback(address);
}
