using GrpcDcr.Server.Endpoints.Errors;
using GrpcDcr.Server.Errors;
using GrpcDcr.Server.Syntax;

namespace GrpcDcr.Server.Endpoints.Console.Shared;

/// <summary>Refusals as pages in the layout of the console. Who has no session is sent to sign in.</summary>
internal sealed class ErrorPages(Views views) : IErrorPages
{
    public const string SignInPath = "/console/sign-in";

    public Task WriteAsync(HttpContext http, RegistrationFault fault)
    {
        if (fault is RegistrationFault.CredentialRequired)
        {
            SendToSignIn(http);
            return Task.CompletedTask;
        }

        ResponseHeaders.Delay(http.Response, fault);
        var violations = fault is RegistrationFault.InvalidArgument argument ? argument.Violations : [];
        return ShowAsync(
            http,
            new ErrorPage(FaultTable.RowOf(fault).Http, violations.Count > 0 ? "" : fault.Description, violations, http.TraceIdentifier));
    }

    public Task WriteBareAsync(HttpContext http)
    {
        var status = http.Response.StatusCode;
        var text = status switch
        {
            StatusCodes.Status404NotFound => "There is no page at this address.",
            StatusCodes.Status405MethodNotAllowed => "This method is not allowed here.",
            >= 500 => "The service failed. The request may or may not have taken effect.",
            _ => "The request is not acceptable.",
        };
        return ShowAsync(http, new ErrorPage(status, text, [], http.TraceIdentifier));
    }

    /// <summary>A refusal that only the console has.</summary>
    public Task RefuseAsync(HttpContext http, int status, string text) =>
        ShowAsync(http, new ErrorPage(status, text, [], http.TraceIdentifier));

    private Task ShowAsync(HttpContext http, ErrorPage page) => views.ShowErrorAsync(http, page);

    /// <summary>Back to the page that was asked for; what was posted is lost.</summary>
    private static void SendToSignIn(HttpContext http)
    {
        var request = http.Request;
        var path = HttpMethods.IsGet(request.Method) ? $"{request.Path}{request.QueryString}" : $"{request.Path}";
        http.Response.StatusCode = StatusCodes.Status303SeeOther;
        http.Response.Headers.Location = path == "/console" ? SignInPath : $"{SignInPath}?return={Uri.EscapeDataString(path)}";
    }
}

/// <summary>A refusal for people.</summary>
/// <param name="Status">The HTTP status.</param>
/// <param name="Text">What is wrong; empty if <paramref name="Violations"/> say it.</param>
/// <param name="Violations">The wrong parameters and fields.</param>
/// <param name="RequestId">As in the log and the audit log.</param>
internal sealed record ErrorPage(int Status, string Text, IReadOnlyList<Violation> Violations, string RequestId)
{
    public string Title => Status switch
    {
        StatusCodes.Status403Forbidden => "Not allowed",
        StatusCodes.Status404NotFound => "Not found",
        StatusCodes.Status405MethodNotAllowed => "Not found",
        StatusCodes.Status409Conflict => "Changed in the meantime",
        StatusCodes.Status429TooManyRequests => "Too many requests",
        StatusCodes.Status503ServiceUnavailable => "Temporarily unavailable",
        >= 500 => "The service failed",
        _ => "The request was refused",
    };
}
