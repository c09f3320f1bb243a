using GrpcDcr.Server.Endpoints.Security;

namespace GrpcDcr.Server.Endpoints.OpenApi;

/// <summary>
/// The OpenAPI documents of the listeners that speak HTTP. They are written from the protos by <c>OpenApiDocumentTests</c>.
/// </summary>
internal static class OpenApiEndpoints
{
    public const string Path = "/openapi.json";

    public static void MapOpenApi(this IEndpointRouteBuilder endpoints)
    {
        endpoints.Map(Listener.Public, "public.json").RequireAuthorization(Policies.Everybody);
        endpoints.Map(Listener.Admin, "admin.json").RequireAuthorization(Policies.View);
    }

    private static IEndpointConventionBuilder Map(this IEndpointRouteBuilder endpoints, Listener listener, string name)
    {
        using var embedded = typeof(OpenApiEndpoints).Assembly.GetManifestResourceStream(name)!;
        var document = new byte[embedded.Length];
        embedded.ReadExactly(document);
        return endpoints.MapGet(Path, () => Results.Bytes(document, "application/json")).WithMetadata(listener);
    }
}
