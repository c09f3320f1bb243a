using System.Net;
using GrpcDcr.Server.Endpoints.OpenApi;
using GrpcDcr.Server.Endpoints.Security;
using GrpcDcr.TestKit.Service;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace GrpcDcr.Integration.Tests.Listeners;

/// <summary>
/// The service describes its JSON endpoints itself. That its answers are as described is checked wherever a test calls the service.
/// </summary>
public sealed class OpenApiTests(OpenServer shared) : IClassFixture<OpenServer>
{
    private readonly RunningServer _server = shared.Server;

    [Fact]
    public async Task Everybody_reads_the_document_of_the_public_listener()
    {
        using var answer = await _server.Public.GetAsync(OpenApiEndpoints.Path);

        Assert.Equal("application/json", answer.Content.Headers.ContentType!.MediaType);
        Assert.Equal(OperationsAt(Listener.Public), DescribedIn(await answer.Content.ReadAsStringAsync()));
    }

    [Fact]
    public async Task Administrators_read_the_document_of_the_admin_listener()
    {
        using var answer = await _server.Admin.GetAsync(OpenApiEndpoints.Path);
        Assert.Equal(OperationsAt(Listener.Admin), DescribedIn(await answer.Content.ReadAsStringAsync()));

        using var anybody = new HttpClient { BaseAddress = _server.AdminAddress };
        using var refused = await anybody.GetAsync(OpenApiEndpoints.Path);
        Assert.Equal(HttpStatusCode.Unauthorized, refused.StatusCode);
    }

    [Theory]
    [InlineData(HttpStatusCode.OK, """{"clients":[{"client_id":"x","secret":"y"}]}""")]
    [InlineData(HttpStatusCode.OK, """{"clients":{}}""")]
    [InlineData(HttpStatusCode.OK, "")]
    [InlineData(HttpStatusCode.Accepted, "{}")]
    [InlineData(HttpStatusCode.Forbidden, """{"error":"access_denied"}""")]
    public void An_answer_that_is_not_described_fails_a_test(HttpStatusCode status, string body) =>
        Assert.ThrowsAny<Exception>(() => DocumentedAnswers.Admin.Covers("GET", "/admin/v1/clients", status, body, []));

    private static IEnumerable<string> DescribedIn(string document) => new OpenApiDescription(document).Operations.Order();

    /// <summary>All routes of a listener but that of the document itself; the metadata document has paths below it.</summary>
    private IEnumerable<string> OperationsAt(Listener listener) =>
        from endpoint in _server.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
        where endpoint.Metadata.GetMetadata<Listener>() == listener && endpoint.RoutePattern.RawText != OpenApiEndpoints.Path
        from method in endpoint.Metadata.GetRequiredMetadata<HttpMethodMetadata>().HttpMethods
        orderby $"{method} {endpoint.RoutePattern.RawText}"
        select $"{method} {endpoint.RoutePattern.RawText!.Replace("/{**path}", "", StringComparison.Ordinal)}";
}
