namespace GrpcDcr.Server.Endpoints.Http;

/// <summary>
/// HEAD on every path that has GET (RFC 9110 section 9.3.2): it is routed, authenticated and answered as GET, and Kestrel, which knows the
/// method that was sent, leaves the body out.
/// </summary>
internal static class HeadRequests
{
    public static void UseHeadRequests(this IApplicationBuilder app) => app.Use((http, next) =>
    {
        if (HttpMethods.IsHead(http.Request.Method))
        {
            http.Request.Method = HttpMethods.Get;
        }

        http.Response.OnStarting(CompleteAllow, http.Response);
        return next(http);
    });

    /// <summary>Routing names the methods that are mapped (RFC 9110 section 10.2.1).</summary>
    private static Task CompleteAllow(object state)
    {
        var headers = ((HttpResponse)state).Headers;
        if (headers.Allow.Count == 0)
        {
            return Task.CompletedTask;
        }

        var methods = headers.Allow.SelectMany(value => value!.Split(", ")).ToHashSet(StringComparer.Ordinal);
        if (methods.Contains(HttpMethods.Get) && methods.Add(HttpMethods.Head))
        {
            headers.Allow = string.Join(", ", methods.Order(StringComparer.Ordinal));
        }

        return Task.CompletedTask;
    }
}
