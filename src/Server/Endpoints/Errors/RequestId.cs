namespace GrpcDcr.Server.Endpoints.Errors;

/// <summary>
/// The identifier of a request, as the log and the audit log have it, in a header of every response. gRPC callers get it as metadata. It is
/// made here: an identifier that a caller sends is not used, because two callers could send the same.
/// </summary>
internal static class RequestId
{
    public const string Header = "X-Request-ID";

    public static void UseRequestId(this IApplicationBuilder app) => app.Use((http, next) =>
    {
        Set(http);
        return next(http);
    });

    public static void Set(HttpContext http) => http.Response.Headers[Header] = http.TraceIdentifier;
}
