using System.Text;
using Google.Protobuf;
using Google.Protobuf.Reflection;
using GrpcDcr.Server.Registration;
using GrpcDcr.Server.Wire.Callers;
using GrpcDcr.Server.Wire.Grpc;

namespace GrpcDcr.Server.Wire.Http;

/// <summary>JSON for operators: what transcoding writes, and refusals as the JSON form of google.rpc.Status.</summary>
internal sealed class AdminHttpProfile() : HttpProfile(Door.Operator)
{
    /// <summary>The details a refusal may carry.</summary>
    public static TypeRegistry ErrorDetails { get; } = TypeRegistry.FromFiles(Google.Rpc.ErrorDetailsReflection.Descriptor);

    private static readonly JsonFormatter Formatter = new(JsonFormatter.Settings.Default.WithTypeRegistry(ErrorDetails));

    protected override ValueTask PrepareAsync(HttpContext http) => ValueTask.CompletedTask;

    protected override async Task AnswerAsync(HttpContext http, MemoryStream answer)
    {
        http.Response.ContentLength = answer.Length;
        await http.Response.Body.WriteAsync(answer.GetBuffer().AsMemory(0, (int)answer.Length), http.RequestAborted);
    }

    protected override async Task RefuseAsync(HttpContext http, RegistrationFault fault)
    {
        var body = Encoding.UTF8.GetBytes(Formatter.Format(GrpcFault.ToStatus(fault)));
        ResponseHeaders.Explain(http.Response, fault);
        http.Response.StatusCode = FaultTable.RowOf(fault).Http;
        http.Response.ContentType = "application/json";
        http.Response.ContentLength = body.Length;
        await http.Response.Body.WriteAsync(body, http.RequestAborted);
    }
}
