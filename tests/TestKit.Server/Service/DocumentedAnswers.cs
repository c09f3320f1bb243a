namespace GrpcDcr.TestKit.Service;

/// <summary>Fails the test if the service answers otherwise than the OpenAPI document of the listener says.</summary>
/// <param name="description">The OpenAPI document.</param>
/// <param name="own">Members of metadata that the deployment adds.</param>
internal sealed class DocumentedAnswers(OpenApiDescription description, IReadOnlyCollection<string> own)
    : DelegatingHandler(new SocketsHttpHandler())
{
    private static readonly Lazy<OpenApiDescription> PublicDocument = new(() => Embedded("public.json"));
    private static readonly Lazy<OpenApiDescription> AdminDocument = new(() => Embedded("admin.json"));

    public static OpenApiDescription Public => PublicDocument.Value;

    public static OpenApiDescription Admin => AdminDocument.Value;

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var response = await base.SendAsync(request, cancellationToken);
        if (response.Content.Headers.ContentType is null or { MediaType: "application/json" })
        {
            await response.Content.LoadIntoBufferAsync(cancellationToken);
            description.Covers(
                request.Method.Method, request.RequestUri!.AbsolutePath, response.StatusCode,
                await response.Content.ReadAsStringAsync(cancellationToken), own);
        }

        return response;
    }

    private static OpenApiDescription Embedded(string name)
    {
        using var document = typeof(Server.Endpoints.OpenApi.OpenApiEndpoints).Assembly.GetManifestResourceStream(name)!;
        using var reader = new StreamReader(document);
        return new OpenApiDescription(reader.ReadToEnd());
    }
}
