namespace GrpcDcr.Server.Endpoints.Discovery;

/// <summary>Serves the metadata document where RFC 8414 section 3.1 puts it: before the path of the issuer.</summary>
internal static class MetadataDocumentEndpoint
{
    private const string WellKnown = "/.well-known/oauth-authorization-server";

    public static IEndpointConventionBuilder MapMetadataDocument(this IEndpointRouteBuilder endpoints) =>
        endpoints.MapGet(WellKnown + "/{**path}", AnswerAsync);

    private static async Task AnswerAsync(HttpContext http, MetadataDocument document)
    {
        var issuerPath = new Uri(document.Issuer).AbsolutePath.TrimEnd('/');
        if (http.Request.Path.ToUriComponent().TrimEnd('/') != WellKnown + issuerPath)
        {
            http.Response.StatusCode = StatusCodes.Status404NotFound;
            return;
        }

        http.Response.ContentType = "application/json";
        http.Response.ContentLength = document.Bytes.Length;
        http.Response.Headers.CacheControl = "public, max-age=300";
        await http.Response.Body.WriteAsync(document.Bytes, http.RequestAborted);
    }
}
