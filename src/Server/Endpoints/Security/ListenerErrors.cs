using GrpcDcr.Server.Endpoints.Errors;
using GrpcDcr.Server.Errors;

namespace GrpcDcr.Server.Endpoints.Security;

/// <summary>Refusals in the error format of a listener, or as pages for people.</summary>
internal static class ListenerErrors
{
    public static Task WriteAsync(HttpContext http, RegistrationFault fault)
    {
        if (http.Features.Get<IErrorPages>() is { } pages)
        {
            return pages.WriteAsync(http, fault);
        }

        if (http.Features.Get<Listener>() == Listener.Public)
        {
            return OAuthError.WriteAsync(http, fault);
        }

        if (http.Features.Get<Listener>() == Listener.Internal)
        {
            GrpcDenial.Write(http, fault);
            return Task.CompletedTask;
        }

        return StatusError.WriteAsync(http, fault);
    }

    /// <summary>For refusals of the framework, which have a status but no body. For gRPC the status is enough.</summary>
    public static Task WriteBareAsync(HttpContext http)
    {
        // The exception handler has removed the headers of the response.
        RequestId.Set(http);
        if (http.Features.Get<IErrorPages>() is { } pages)
        {
            return pages.WriteBareAsync(http);
        }

        return http.Features.Get<Listener>() switch
        {
            { } listener when listener == Listener.Public => OAuthError.WriteBareAsync(http),
            { } listener when listener == Listener.Internal => Task.CompletedTask,
            { } or null => StatusError.WriteBareAsync(http),
        };
    }
}
