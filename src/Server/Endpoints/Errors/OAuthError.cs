using System.Text.Encodings.Web;
using System.Text.Json;
using GrpcDcr.Server.Errors;
using GrpcDcr.Server.Model;

namespace GrpcDcr.Server.Endpoints.Errors;

/// <summary>The error response of RFC 7591 section 3.2.2: <c>{"error": ..., "error_description": ...}</c>.</summary>
internal static class OAuthError
{
    private static readonly JsonSerializerOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static Task WriteAsync(HttpContext http, RegistrationFault fault)
    {
        var row = FaultTable.RowOf(fault);
        ResponseHeaders.ForbidStoring(http.Response);
        ResponseHeaders.Explain(http.Response, fault);
        return WriteAsync(http, row.Http, fault.OAuthError ?? OAuthErrors.InvalidRequest, fault.Description);
    }

    /// <summary>For refusals of the framework, which have a status but no fault and no body.</summary>
    public static Task WriteBareAsync(HttpContext http)
    {
        ResponseHeaders.ForbidStoring(http.Response);
        var status = http.Response.StatusCode;
        var (error, description) = status switch
        {
            StatusCodes.Status404NotFound => (OAuthErrors.InvalidRequest, "Not found."),
            StatusCodes.Status405MethodNotAllowed => (OAuthErrors.InvalidRequest, "This method is not allowed here; see the Allow header."),
            >= 500 => (OAuthErrors.ServerError, "The service failed."),
            _ => (OAuthErrors.InvalidRequest, "The request is not acceptable."),
        };
        return WriteAsync(http, status, error, description);
    }

    private static async Task WriteAsync(HttpContext http, int status, string error, string description)
    {
        var response = http.Response;
        var body = JsonSerializer.SerializeToUtf8Bytes(
            new Dictionary<string, string> { ["error"] = error, ["error_description"] = description }, Plain);
        response.StatusCode = status;
        response.ContentType = "application/json";
        response.ContentLength = body.Length;
        await response.Body.WriteAsync(body, http.RequestAborted);
    }
}
