using Grpc.AspNetCore.Server;
using GrpcDcr.Admin.V1;
using GrpcDcr.Server.Endpoints.Security;
using GrpcDcr.Server.Policy;

namespace GrpcDcr.Server.Endpoints.Http;

/// <summary>JSON for administrators: responses as transcoding writes them, and errors as the JSON form of google.rpc.Status.</summary>
internal sealed class AdminHttpProfile(RegistrationPolicies policies) : HttpProfile(Listener.Admin)
{
    /// <summary>The query parameters that are enums, and the prefix of their value names.</summary>
    private static readonly (string Parameter, string Prefix)[] EnumParameters =
        [("state", "CLIENT_STATE_"), ("type", "AUDIT_EVENT_TYPE_")];

    /// <summary>
    /// Responses write a state as <c>PENDING</c>, and a filter may too, although transcoding knows only the full name of the enum value.
    /// </summary>
    protected override async ValueTask PrepareAsync(HttpContext http)
    {
        foreach (var (parameter, prefix) in EnumParameters)
        {
            if (http.Request.Query[parameter] is [{ Length: > 0 } name] && !name.StartsWith(prefix, StringComparison.Ordinal))
            {
                var others = http.Request.Query.Where(pair => pair.Key != parameter);
                http.Request.QueryString = QueryString.Create(others).Add(parameter, prefix + name);
            }
        }

        if (HttpMethods.IsPost(http.Request.Method))
        {
            RegistrationBody.RequireJson(http.Request);
            await ReadAsync(http);

            // Transcoding reads the charset itself, and fails on a quoted one.
            http.Request.ContentType = "application/json";
        }
    }

    protected override async Task AnswerAsync(HttpContext http, MemoryStream answer)
    {
        http.Response.ContentLength = answer.Length;
        await http.Response.Body.WriteAsync(answer.GetBuffer().AsMemory(0, (int)answer.Length), http.RequestAborted);
    }

    private static bool IsPreview(HttpContext http) => http.GetEndpoint()!.Metadata.GetRequiredMetadata<GrpcMethodMetadata>().Method.Name
        == nameof(ClientAdministration.ClientAdministrationBase.PreviewRegistration);

    /// <summary>Reads the body, and leaves transcoding one that it can read.</summary>
    private async ValueTask ReadAsync(HttpContext http)
    {
        using var sent = await RegistrationBody.ReadAsync(http);
        var read = AdminBody.Parse(sent.WrittenMemory.Span);
        var body = IsPreview(http)
            ? PreviewBody.ToTranscoded(read, policies.Server.ExtensionMembers)
            : sent.WrittenMemory.ToArray();
        http.Request.Body = new MemoryStream(body, writable: false);
        http.Request.ContentLength = body.Length;
    }
}
