using System.Net;
using GrpcDcr.Server.Endpoints.Security;
using GrpcDcr.TestKit.Service;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace GrpcDcr.Integration.Tests.Listeners;

/// <summary>What is refused before any endpoint has the JSON form of the listener too.</summary>
public sealed class RefusalFormTests(OpenServer shared) : IClassFixture<OpenServer>
{
    private static readonly string[] Verbs = ["GET", "POST", "PUT", "DELETE", "PATCH", "OPTIONS", "TRACE", "PROPFIND", "x"];

    private readonly RunningServer _server = shared.Server;

    /// <summary>The console is off: its refusals are pages.</summary>
    [Fact]
    public async Task Wrong_methods_and_verbs_of_every_route_are_405_in_json()
    {
        var routes = _server.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
            .Select(endpoint => (Listener: endpoint.Metadata.GetRequiredMetadata<Listener>(), Path: PathOf(endpoint)))
            .Where(route => route.Listener != Listener.Internal)
            .Distinct().ToList();
        Assert.True(routes.Count > 20);
        foreach (var (listener, path) in routes)
        {
            var answers = new List<HttpStatusCode>();
            foreach (var verb in Verbs)
            {
                answers.Add((await IsJsonAsync(listener, verb, path)).Status);
            }

            // Health endpoints answer every method.
            Assert.True(listener == Listener.Management || answers.Contains(HttpStatusCode.MethodNotAllowed), path);
        }
    }

    [Theory]
    [InlineData("/nowhere")]
    [InlineData("/")]
    [InlineData("/oauth/register/a/b")]
    [InlineData("/health")]
    [InlineData("/%E2%82%AC")]
    public async Task Unknown_paths_are_404_in_json(string path)
    {
        foreach (var listener in new[] { Listener.Public, Listener.Admin, Listener.Management })
        {
            foreach (var verb in Verbs)
            {
                Assert.Equal(HttpStatusCode.NotFound, (await IsJsonAsync(listener, verb, path)).Status);
            }
        }
    }

    [Fact]
    public async Task A_body_above_the_limit_closes_the_connection_and_says_so()
    {
        using var declared = await RawRequest.RegistrationAsync(
            _server.PublicAddress, "Content-Type: application/json", "Content-Length: 70000");
        var answer = await declared.AnswerAsync();
        Assert.Equal((413, "invalid_request", "close"), (answer.Status, answer.Error, answer.Headers["Connection"]));

        using var chunked = await RawRequest.RegistrationAsync(
            _server.PublicAddress, "Content-Type: application/json", "Transfer-Encoding: chunked");
        await chunked.SendAsync($"11170\r\n{new string(' ', 0x11170)}\r\n");
        answer = await chunked.AnswerAsync();
        Assert.Equal((413, "invalid_request", "close"), (answer.Status, answer.Error, answer.Headers["Connection"]));
    }

    private async Task<Answer> IsJsonAsync(Listener listener, string verb, string path)
    {
        using var client = new HttpClient
        {
            BaseAddress = listener == Listener.Public ? _server.PublicAddress
                : listener == Listener.Admin ? _server.AdminAddress
                : _server.ManagementAddress,
        };
        using var request = new HttpRequestMessage(new HttpMethod(verb), path);
        var answer = await Answer.OfAsync(await client.SendAsync(request));
        if ((int)answer.Status >= 400)
        {
            Assert.True(answer.ContentHeaders.ContentType?.MediaType == "application/json", $"{verb} {path} at {listener.Name}: {answer}");
            Assert.True(answer.Json.TryGetProperty(listener == Listener.Public ? "error" : "code", out _), $"{verb} {path}: {answer.Body}");
            Assert.True(answer.Headers.CacheControl?.NoStore);
        }

        return answer;
    }

    private static string PathOf(RouteEndpoint endpoint) =>
        "/" + string.Join('/', endpoint.RoutePattern.RawText!.TrimStart('/').Split('/')
            .Select(part => part.StartsWith('{') ? "x" + part[(part.IndexOf('}', StringComparison.Ordinal) + 1)..] : part));
}
