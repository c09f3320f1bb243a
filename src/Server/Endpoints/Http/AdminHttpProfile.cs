using System.Collections.Concurrent;
using GrpcDcr.Server.Endpoints.Security;
using GrpcDcr.Server.Errors;
using GrpcDcr.Server.Policy;
using GrpcDcr.Server.Syntax;
using Microsoft.AspNetCore.Grpc.JsonTranscoding;
using Microsoft.AspNetCore.Http.Features;

namespace GrpcDcr.Server.Endpoints.Http;

/// <summary>
/// JSON for administrators: requests as <see cref="AdminRequest"/> reads them, responses as transcoding writes them, and errors as the JSON
/// form of google.rpc.Status.
/// </summary>
internal sealed class AdminHttpProfile(RegistrationPolicies policies, BodyTimeLimit time) : HttpProfile(Listener.Admin)
{
    private readonly ConcurrentDictionary<GrpcJsonTranscodingMetadata, AdminRequest> _requests = new();

    protected override async ValueTask PrepareAsync(HttpContext http)
    {
        var metadata = http.GetEndpoint()!.Metadata.GetRequiredMetadata<GrpcJsonTranscodingMetadata>();
        var request = _requests.GetOrAdd(metadata, method => new AdminRequest(method));
        http.Request.QueryString = request.ReadQuery(http.Request.Query);
        if (request.HasBody)
        {
            await ReadBodyAsync(http, request);
        }
        else if (http.Features.GetRequiredFeature<IHttpRequestBodyDetectionFeature>().CanHaveBody)
        {
            throw new RegistrationRefusedException(new RegistrationFault.MalformedRequest("The request must not have a body."));
        }
    }

    protected override MemoryStream AnswerOf(HttpContext http) =>
        http.GetEndpoint()!.Metadata.GetRequiredMetadata<GrpcJsonTranscodingMetadata>().MethodDescriptor.IsServerStreaming
            ? new StreamedArray(http)
            : base.AnswerOf(http);

    protected override async Task AnswerAsync(HttpContext http, MemoryStream answer)
    {
        if (answer is StreamedArray array)
        {
            await array.CompleteAsync();
            return;
        }

        http.Response.ContentLength = answer.Length;
        await http.Response.Body.WriteAsync(answer.GetBuffer().AsMemory(0, (int)answer.Length), http.RequestAborted);
    }

    /// <summary>Leaves transcoding a body that it can read.</summary>
    private async ValueTask ReadBodyAsync(HttpContext http, AdminRequest request)
    {
        RegistrationBody.RequireJson(http.Request);
        using var sent = await time.ReadAsync(http, token => RegistrationBody.ReadAsync(http.Request, token));
        var unreadable = new Violations();
        var body = request.ReadBody(sent.WrittenMemory.Span, policies.Server.ExtensionMembers, unreadable);
        http.Features.Set(new UnreadableMembers(unreadable.Found));
        http.Request.Body = new MemoryStream(body, writable: false);
        http.Request.ContentLength = body.Length;

        // Transcoding looks at the charset, and fails on one that it does not know.
        http.Request.ContentType = "application/json";
    }
}
