using System.Security.Cryptography;
using GrpcDcr.Server.Endpoints.Console.Shared;
using GrpcDcr.Server.Endpoints.Errors;
using GrpcDcr.Server.Endpoints.Security;
using GrpcDcr.Server.Storage;
using Microsoft.AspNetCore.Authentication;

namespace GrpcDcr.Server.Endpoints.Console;

/// <summary>What holds for every response of the console: its headers, and pages for refusals and failures.</summary>
internal sealed class ConsoleResponses(ErrorPages pages, Failures failures)
{
    private const string ContentSecurityPolicy =
        "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

    public async Task InvokeAsync(HttpContext http, RequestDelegate next)
    {
        http.Features.Set<IErrorPages>(pages);
        http.Response.OnStarting(SetHeaders, http.Response);
        try
        {
            // Pages that need no session show whose session it is, too.
            if (await http.AuthenticateAsync(Policies.SessionScheme) is { Principal: { } user })
            {
                http.User = user;
            }

            await next(http);
        }
        catch (Exception e) when (!http.Response.HasStarted && !http.RequestAborted.IsCancellationRequested)
        {
            http.Response.Clear();
            RequestId.Set(http);
            await pages.WriteAsync(http, failures.FaultOf(CauseOf(e), http.GetEndpoint()?.DisplayName ?? http.Request.Path));
        }
    }

    /// <summary>Data Protection hides why its keys could not be read.</summary>
    private static Exception CauseOf(Exception e) => e is CryptographicException { InnerException: StorageException cause } ? cause : e;

    private static Task SetHeaders(object state)
    {
        var headers = ((HttpResponse)state).Headers;
        headers.ContentSecurityPolicy = ContentSecurityPolicy;
        headers.XContentTypeOptions = "nosniff";
        headers["Referrer-Policy"] = "no-referrer";
        headers["Cross-Origin-Opener-Policy"] = "same-origin";
        headers["Cross-Origin-Resource-Policy"] = "same-origin";
        if (headers.CacheControl.Count == 0 || !headers.CacheControl.ToString().Contains("immutable", StringComparison.Ordinal))
        {
            headers.CacheControl = "no-store";
            headers.Pragma = "no-cache";
        }

        return Task.CompletedTask;
    }
}
