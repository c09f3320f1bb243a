using GrpcDcr.Server.Storage;

namespace GrpcDcr.Server.Endpoints.Discovery;

/// <summary>Serves the metadata document where RFC 8414 section 3.1 puts it: before the path of the issuer.</summary>
internal static class MetadataDocumentEndpoint
{
    private const string WellKnown = "/.well-known/oauth-authorization-server";

    public static IEndpointConventionBuilder MapMetadataDocument(this IEndpointRouteBuilder endpoints) =>
        endpoints.MapGet(WellKnown + "/{**path}", AnswerAsync);

    private static async Task AnswerAsync(HttpContext http, MetadataDocument document, IClientReader store)
    {
        var issuerPath = new Uri(document.Issuer).AbsolutePath.TrimEnd('/');
        if (document.Missing.Count > 0 || http.Request.Path.ToUriComponent().TrimEnd('/') != WellKnown + issuerPath)
        {
            http.Response.StatusCode = StatusCodes.Status404NotFound;
            return;
        }

        var bytes = document.Bytes(await IsClosedAsync(store, http.RequestAborted));
        http.Response.ContentType = "application/json";
        http.Response.ContentLength = bytes.Length;
        http.Response.Headers.CacheControl = "public, max-age=300";
        await http.Response.Body.WriteAsync(bytes, http.RequestAborted);
    }

    /// <summary>While the store does not answer, the document stays: clients would take its absence for an answer.</summary>
    private static async Task<bool> IsClosedAsync(IClientReader store, CancellationToken cancellationToken)
    {
        try
        {
            return (await store.GetRegistrationStatusAsync(cancellationToken)).Closed;
        }
        catch (StorageException)
        {
            return false;
        }
    }
}
