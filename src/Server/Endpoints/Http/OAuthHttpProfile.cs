using GrpcDcr.Server.Audit;
using GrpcDcr.Server.Endpoints.Errors;
using GrpcDcr.Server.Endpoints.Security;
using GrpcDcr.Server.Errors;
using GrpcDcr.Server.Model;
using GrpcDcr.Server.Policy;
using GrpcDcr.Server.Syntax;

namespace GrpcDcr.Server.Endpoints.Http;

/// <summary>
/// HTTP as RFC 7591 section 3 and RFC 7592 section 2 have it: a flat JSON document in and out, 201 for a new client, 204 for one that is
/// gone, and every refusal as <c>error</c> and <c>error_description</c>.
/// </summary>
internal sealed class OAuthHttpProfile(RejectionAggregator rejections, RegistrationPolicies policies) : HttpProfile(Door.Public)
{
    /// <summary>The members that the deployment names beside the registered ones.</summary>
    private readonly AllowedValues _named = policies.Server.ExtensionMembers;

    protected override async ValueTask PrepareAsync(HttpContext http)
    {
        // Tokens and metadata in the query are nobody's (RFC 6750 section 2.3): transcoding must not bind them.
        http.Request.QueryString = QueryString.Empty;
        if (HttpMethods.IsPost(http.Request.Method) || HttpMethods.IsPut(http.Request.Method))
        {
            await FoldAsync(http);
        }
    }

    protected override async Task AnswerAsync(HttpContext http, MemoryStream answer)
    {
        http.Response.StatusCode = http.GetEndpoint()!.Metadata.GetRequiredMetadata<SucceedsWithAttribute>().Status;
        if (http.Response.StatusCode == StatusCodes.Status204NoContent)
        {
            http.Response.ContentType = null;
            return;
        }

        var flat = ClientInformationJson.Flatten(answer.GetBuffer().AsMemory(0, (int)answer.Length));
        http.Response.ContentType = "application/json";
        http.Response.ContentLength = flat.WrittenCount;
        await http.Response.Body.WriteAsync(flat.WrittenMemory, http.RequestAborted);
    }

    protected override Task RefuseAsync(HttpContext http, RegistrationFault fault) => OAuthError.WriteAsync(http, fault);

    /// <summary>Puts the document into the form of its message.</summary>
    private async ValueTask FoldAsync(HttpContext http)
    {
        try
        {
            RegistrationBody.RequireJson(http.Request);
            using var sent = await RegistrationBody.ReadAsync(http);
            var folded = HttpMethods.IsPut(http.Request.Method)
                ? UpdateJson.Fold(sent.WrittenMemory, _named)
                : MetadataJson.Fold(sent.WrittenMemory, _named);
            http.Request.Body = new MemoryStream(folded.Array!, folded.Offset, folded.Count, writable: false);
            http.Request.ContentLength = folded.Count;

            // Transcoding reads the charset itself, and fails on a quoted one.
            http.Request.ContentType = "application/json";
        }
        catch (RegistrationRefusedException refused)
        {
            await rejections.NoteAsync(refused.Fault, CallOrigin.CallerOf(http, Actor.Applicant), http.RequestAborted);
            throw;
        }
    }
}
