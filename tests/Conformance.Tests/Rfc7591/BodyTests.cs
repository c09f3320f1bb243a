using System.Net;
using System.Text;
using GrpcDcr.TestKit.Service;

namespace GrpcDcr.Conformance.Tests.Rfc7591;

/// <summary>RFC 7591 section 3: POST, JSON, one object; and nothing else.</summary>
public sealed class BodyTests(OpenServer shared) : IClassFixture<OpenServer>
{
    private readonly RunningServer _server = shared.Server;

    [Theory]
    [InlineData("application/json")]
    [InlineData("application/json; charset=utf-8")]
    [InlineData("application/json;charset=\"UTF-8\"")]
    [InlineData("application/json; charset=utf8")]
    [InlineData("application/json; charset=us-ascii")]
    [InlineData("application/json; charset='utf-8'")]
    [InlineData("Application/JSON; odata=none")]
    [Requirement("7591-3-01")]
    public async Task Reads_json(string mediaType) =>
        (await _server.RegisterAsync(Bodies.Content(Encoding.UTF8.GetBytes(Bodies.Smallest), mediaType))).IsRegistration();

    [Theory]
    [InlineData("application/x-www-form-urlencoded")]
    [InlineData("text/plain")]
    [InlineData("multipart/form-data; boundary=x")]
    [InlineData("application/xml")]
    [InlineData("application/jwt")]
    [InlineData("application/json-patch+json")]
    [InlineData("application/grpc")]
    [InlineData(null)]
    [Requirement("7591-3-02")]
    public Task Reads_nothing_else(string? mediaType) => _server.RefusedAsync(
        "invalid_request", HttpStatusCode.UnsupportedMediaType, Bodies.Content(Encoding.UTF8.GetBytes(Bodies.Smallest), mediaType));

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("\"x\"")]
    [InlineData("42")]
    [InlineData("{")]
    [InlineData("{} {}")]
    [InlineData("""{"redirect_uris":["https://client.example/cb"],}""")]
    [InlineData("""{"redirect_uris":["https://client.example/cb"]}//""")]
    [InlineData("""{/**/"redirect_uris":["https://client.example/cb"]}""")]
    [InlineData("""{'redirect_uris':["https://client.example/cb"]}""")]
    [InlineData("<html></html>")]
    [Requirement("7591-3.1-01")]
    public Task Refuses_what_is_not_one_json_object(string body) => _server.RefusedAsync("invalid_client_metadata", body);

    [Theory]
    [InlineData("GET")]
    [InlineData("HEAD")]
    [InlineData("PUT")]
    [InlineData("PATCH")]
    [InlineData("DELETE")]
    [InlineData("OPTIONS")]
    [InlineData("PROPFIND")]
    [Requirement("7591-3-08")]
    [Requirement("9110-01")]
    public async Task Answers_to_post_alone(string method)
    {
        var answer = await _server.SendAsync(new HttpMethod(method), RegistrationCalls.Path, null);

        Assert.Equal(HttpStatusCode.MethodNotAllowed, answer.Status);
        Assert.Equal(["POST"], answer.ContentHeaders.Allow);
        if (method == "HEAD")
        {
            Assert.Empty(answer.Body);
        }
        else
        {
            answer.IsRefusal("invalid_request", HttpStatusCode.MethodNotAllowed, method);
        }
    }

    [Theory]
    [InlineData("/")]
    [InlineData("/register")]
    [InlineData("/oauth")]
    [InlineData("/nothing.html")]
    [Requirement("9110-01")]
    [Requirement("MCP-0326-02")]
    public async Task Finds_nothing_elsewhere_and_says_so_in_json(string path)
    {
        foreach (var method in new[] { HttpMethod.Get, HttpMethod.Post })
        {
            (await _server.SendAsync(method, path, Bodies.Json("{}"))).IsRefusal("invalid_request", HttpStatusCode.NotFound, path);
        }
    }
}
