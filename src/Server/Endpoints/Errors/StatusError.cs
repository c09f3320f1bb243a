using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Google.Protobuf;
using Google.Protobuf.Reflection;
using Google.Rpc;
using GrpcDcr.Server.Errors;
using RpcStatus = Google.Rpc.Status;

namespace GrpcDcr.Server.Endpoints.Errors;

/// <summary>
/// The JSON form of google.rpc.Status, for administrators and the platform. Members have the names of the proto fields, as in successful
/// responses.
/// </summary>
internal static class StatusError
{
    /// <summary>The details a refusal may carry.</summary>
    public static TypeRegistry Details { get; } = TypeRegistry.FromFiles(ErrorDetailsReflection.Descriptor);

    private static readonly JsonFormatter Formatter =
        new(JsonFormatter.Settings.Default.WithTypeRegistry(Details).WithPreserveProtoFieldNames(true));

    private static readonly JsonSerializerOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static Task WriteAsync(HttpContext http, RegistrationFault fault)
    {
        ResponseHeaders.Explain(http.Response, fault);
        return WriteAsync(http, FaultTable.RowOf(fault).Http, GrpcFault.ToStatus(fault));
    }

    /// <summary>For refusals of the framework, which have a status but no fault and no body.</summary>
    public static Task WriteBareAsync(HttpContext http)
    {
        var status = http.Response.StatusCode;
        var (code, message) = status switch
        {
            StatusCodes.Status404NotFound => (Code.NotFound, "Not found."),
            StatusCodes.Status405MethodNotAllowed => (Code.Unimplemented, "This method is not allowed here; see the Allow header."),
            >= 500 => (Code.Internal, "The service failed."),
            _ => (Code.InvalidArgument, "The request is not acceptable."),
        };
        return WriteAsync(http, status, new RpcStatus { Code = (int)code, Message = message });
    }

    private static async Task WriteAsync(HttpContext http, int status, RpcStatus message)
    {
        ResponseHeaders.ForbidStoring(http.Response);
        var body = JsonSerializer.SerializeToUtf8Bytes(JsonNode.Parse(Formatter.Format(message)), Plain);
        http.Response.StatusCode = status;
        http.Response.ContentType = "application/json";
        http.Response.ContentLength = body.Length;
        await http.Response.Body.WriteAsync(body, http.RequestAborted);
    }
}
