using System.Net;
using System.Net.Http.Headers;
using GrpcDcr.TestKit.Service;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace GrpcDcr.Integration.Tests.Listeners;

/// <summary>HEAD is answered as GET without a body on every path that has GET (RFC 9110 section 9.3.2).</summary>
public sealed class HeadTests(OpenServer shared) : IClassFixture<OpenServer>
{
    private readonly RunningServer _server = shared.Server;

    [Fact]
    public async Task Is_answered_as_get_on_every_route_of_the_admin_api()
    {
        var paths = _server.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
            .Where(endpoint => endpoint.RoutePattern.RawText?.StartsWith("/admin/", StringComparison.Ordinal) == true
                && endpoint.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods.Contains(HttpMethods.Get) == true)
            .Select(endpoint => string.Join('/', endpoint.RoutePattern.RawText!.Split('/').Select(part => part.Contains('{') ? "x" : part)))
            .ToList();
        Assert.Contains("/admin/v1/clients", paths);
        foreach (var path in paths)
        {
            await IsAnsweredAsGetAsync(_server.Admin, path);
        }
    }

    [Fact]
    public async Task Is_answered_as_get_where_a_client_reads_itself()
    {
        var client = await OwnRecord.RegisterAsync(_server);
        using var http = new HttpClient { BaseAddress = _server.PublicAddress };
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", client.Token);
        await IsAnsweredAsGetAsync(http, $"/oauth/register/{client.ClientId}");
        await IsAnsweredAsGetAsync(_server.Public, "/.well-known/oauth-authorization-server");
    }

    [Fact]
    public async Task Needs_the_credential_that_get_needs()
    {
        using var nobody = new HttpClient { BaseAddress = _server.AdminAddress };
        await IsAnsweredAsGetAsync(nobody, "/admin/v1/clients");
    }

    [Fact]
    public async Task Is_among_the_allowed_methods_where_get_is()
    {
        using var answer = await _server.Admin.PutAsync("/admin/v1/audit-events", null);
        Assert.Equal(HttpStatusCode.MethodNotAllowed, answer.StatusCode);
        Assert.Equal(["GET", "HEAD"], answer.Content.Headers.Allow.Order(StringComparer.Ordinal));
    }

    private static async Task IsAnsweredAsGetAsync(HttpClient http, string path)
    {
        using var got = await http.GetAsync(path);
        using var request = new HttpRequestMessage(HttpMethod.Head, path);
        using var head = await http.SendAsync(request);
        Assert.Equal((path, got.StatusCode), (path, head.StatusCode));
        Assert.Equal(got.Content.Headers.ContentType, head.Content.Headers.ContentType);
        Assert.Equal(got.Content.Headers.ContentLength, head.Content.Headers.ContentLength);
        Assert.Empty(await head.Content.ReadAsByteArrayAsync());
    }
}
