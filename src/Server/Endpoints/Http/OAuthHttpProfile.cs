using System.Diagnostics;
using GrpcDcr.Server.Audit;
using GrpcDcr.Server.Endpoints.Mapping;
using GrpcDcr.Server.Endpoints.Security;
using GrpcDcr.Server.Errors;
using GrpcDcr.Server.Model;
using GrpcDcr.Server.Policy;
using GrpcDcr.Server.Syntax;

namespace GrpcDcr.Server.Endpoints.Http;

/// <summary>
/// The HTTP behaviour of RFC 7591 section 3 and RFC 7592 section 2: a flat JSON document in and out, 201 for a new client, 204 for a
/// deleted client, and every refusal as <c>error</c> and <c>error_description</c>.
/// </summary>
internal sealed class OAuthHttpProfile(
    RejectionAggregator rejections, RegistrationPolicies policies, ClientInformationMapping mapping, BodyTimeLimit time)
    : HttpProfile(Listener.Public)
{
    private static readonly byte[] EmptyDocument = "{}"u8.ToArray();

    /// <summary>The additional members that the deployment names.</summary>
    private readonly AllowedValues _named = policies.Server.ExtensionMembers;

    protected override async ValueTask PrepareAsync(HttpContext http)
    {
        // Tokens and metadata in the query are ignored (RFC 6750 section 2.3): transcoding must not bind them.
        http.Request.QueryString = QueryString.Empty;
        var hasDocument = HttpMethods.IsPost(http.Request.Method) || HttpMethods.IsPut(http.Request.Method);
        http.Features.Set(hasDocument ? await ReadAsync(http) : new DocumentExchange());
    }

    protected override async Task AnswerAsync(HttpContext http, MemoryStream answer)
    {
        http.Response.StatusCode = http.GetEndpoint()!.Metadata.GetRequiredMetadata<SucceedsWithAttribute>().Status;
        if (http.Response.StatusCode == StatusCodes.Status204NoContent)
        {
            http.Response.ContentType = null;
            return;
        }

        if (HttpMethods.IsGet(http.Request.Method) && EntityTags.IsKnown(http))
        {
            http.Response.StatusCode = StatusCodes.Status304NotModified;
            http.Response.ContentType = null;
            return;
        }

        var answered = http.Features.Get<DocumentExchange>()?.Answer ?? throw new UnreachableException();
        http.Response.ContentType = "application/json";
        http.Response.ContentLength = ClientInformationWriter.Write(
            http.Response.BodyWriter, mapping.WithoutMetadata(answered), answered.Client.Latest);
        await http.Response.BodyWriter.FlushAsync(http.RequestAborted);
    }

    /// <summary>Reads the document, and gives transcoding an empty one.</summary>
    private async ValueTask<DocumentExchange> ReadAsync(HttpContext http)
    {
        try
        {
            RegistrationBody.RequireJson(http.Request);
            using var sent = RegistrationBody.ReadArrived(http.Request)
                ?? await time.ReadAsync(http, token => RegistrationBody.ReadAsync(http.Request, token));
            http.Request.Body = new MemoryStream(EmptyDocument, writable: false);
            http.Request.ContentLength = EmptyDocument.Length;

            // Transcoding looks at the charset, and fails on one that it does not know.
            http.Request.ContentType = "application/json";
            return HttpMethods.IsPut(http.Request.Method)
                ? new DocumentExchange { Update = OAuthDocumentReader.ReadUpdate(sent.WrittenMemory.Span, _named) }
                : new DocumentExchange { Registration = OAuthDocumentReader.ReadRegistration(sent.WrittenMemory.Span, _named) };
        }
        catch (RegistrationRefusedException refused)
        {
            await rejections.NoteAsync(
                refused.Fault, CallOrigin.CallerOf(http, Actor.Applicant), http.RequestAborted,
                http.Features.Get<AdmissionDecision>()?.AdmittedBy);
            throw;
        }
    }
}
