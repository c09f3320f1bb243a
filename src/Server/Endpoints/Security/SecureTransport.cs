using GrpcDcr.Server.Errors;
using Microsoft.AspNetCore.Http.Features;

namespace GrpcDcr.Server.Endpoints.Security;

/// <summary>
/// Every request needs TLS, here or at a trusted proxy (RFC 7591 section 5), except those from programs on this machine.
/// </summary>
internal static class SecureTransport
{
    /// <summary>Refuses calls without TLS before anything else is checked.</summary>
    public static void UseSecureTransport(this IApplicationBuilder app) => app.Use((http, next) =>
        http.GetEndpoint() is RouteEndpoint && IsInTheClear(http)
            ? ListenerErrors.WriteAsync(http, new RegistrationFault.InsecureTransport())
            : next(http));

    private static bool IsInTheClear(HttpContext http)
    {
        var listener = http.Features.Get<Listener>();
        return listener is not { NeedsTls: false }
            && !http.Request.IsHttps
            && !http.Features.GetRequiredFeature<ConnectionPeer>().IsLocal(listener);
    }
}
