using System.Net.Http.Json;
using System.Text.Json;
using System.Web;
using GrpcDcr.TestKit.Running;

namespace GrpcDcr.Interop.Tests;

/// <summary>Where a client sends its user once it has registered (RFC 6749 section 4.1.1).</summary>
internal static class AuthorizationRequest
{
    public const string Endpoint = "https://as.example/authorize";

    /// <summary>The client has registered all that it asks for; a strict authorization server refuses anything else.</summary>
    /// <returns>The registered client, as administrators see it.</returns>
    public static async Task<JsonElement> AssertRegisteredAsync(ServerProcess server, Uri request)
    {
        Assert.Equal(Endpoint, request.GetLeftPart(UriPartial.Path));
        var query = HttpUtility.ParseQueryString(request.Query);
        var client = await server.Admin.GetFromJsonAsync<JsonElement>($"/admin/v1/clients/{query["client_id"]}");
        var metadata = client.GetProperty("metadata");
        Assert.Contains(query["redirect_uri"], RegisteredDocument.Strings(metadata, "redirect_uris"));
        Assert.Contains(query["response_type"], RegisteredDocument.Strings(metadata, "response_types"));
        var scope = metadata.GetProperty("scope").GetString()!.Split(' ').ToHashSet();
        Assert.Subset(scope, query["scope"]?.Split(' ').ToHashSet() ?? []);
        return client;
    }
}
