using Microsoft.OpenApi;

namespace GrpcDcr.Server.Tests.Endpoints.OpenApi;

/// <summary>Responses that all operations of a document share.</summary>
internal static class Responses
{
    private const string Json = "application/json";

    private static readonly (int Status, string Meaning, bool OfBody)[] Refusals =
    [
        (400, "The request is not acceptable, or the state of what it is about does not allow it.", false),
        (401, "A credential is missing or wrong; see `WWW-Authenticate`.", false),
        (403, "The credential does not allow this, or a policy forbids it.", false),
        (404, "There is no such thing.", false),
        (405, "The method is not offered here; see `Allow`.", false),
        (408, "The body did not arrive in time.", true),
        (409, "It changed since it was read, or was done before.", false),
        (412, "A precondition does not hold (RFC 9110 section 13.1).", false),
        (413, "The body is too large.", true),
        (415, "The body is not JSON.", true),
        (429, "Too many requests; see `Retry-After`.", false),
        (500, "The service failed.", false),
        (503, "The store or another service does not answer; see `Retry-After`.", false),
    ];

    public static Dictionary<string, IOpenApiMediaType> JsonOf(IOpenApiSchema schema) =>
        new() { [Json] = new OpenApiMediaType { Schema = schema } };

    public static OpenApiResponse Success(string description, IOpenApiSchema? schema) =>
        new() { Description = description, Content = schema is null ? null : JsonOf(schema) };

    /// <summary>Adds every refusal but those in <paramref name="impossible"/>.</summary>
    public static OpenApiResponses WithRefusals(
        this OpenApiResponses responses, OpenApiDocument document, IOpenApiSchema error, bool hasBody, params int[] impossible)
    {
        foreach (var (status, meaning, ofBody) in Refusals.Where(refusal => !impossible.Contains(refusal.Status)))
        {
            if (hasBody || !ofBody)
            {
                var name = $"Refused{status}";
                document.AddComponent<IOpenApiResponse>(name, new OpenApiResponse { Description = meaning, Content = JsonOf(error) });
                responses.Add($"{status}", new OpenApiResponseReference(name, document));
            }
        }

        return responses;
    }
}
