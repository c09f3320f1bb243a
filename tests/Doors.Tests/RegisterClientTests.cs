using System.Net;
using System.Net.Http.Json;
using System.Text.Json;

namespace GrpcDcr.Doors.Tests;

/// <summary>RFC 7591 section 3.</summary>
public sealed class RegisterClientTests
{
    [Fact]
    public async Task Registers_a_client_that_names_only_its_redirect_uri()
    {
        await using var server = await RunningServer.StartAsync();

        using var response = await server.Public.PostAsJsonAsync("/oauth/register", new { redirect_uris = new[] { "https://client.example/cb" } });

        Assert.Equal(HttpStatusCode.Created, response.StatusCode);
        var client = await response.Content.ReadFromJsonAsync<JsonElement>();
        Assert.Equal("client_secret_basic", client.GetProperty("token_endpoint_auth_method").GetString());
    }
}
