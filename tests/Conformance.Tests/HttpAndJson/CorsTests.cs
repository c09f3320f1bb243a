using System.Net;
using GrpcDcr.TestKit.Service;

namespace GrpcDcr.Conformance.Tests.HttpAndJson;

/// <summary>OpenID Connect Registration 1.0 section 3: clients that run in a browser.</summary>
public sealed class CorsTests(GatedServer shared) : IClassFixture<GatedServer>
{
    private const string Origin = "Origin: https://inspector.example";

    private readonly RunningServer _server = shared.Server;

    [Theory]
    [InlineData("/oauth/register", "POST", "content-type,authorization")]
    [InlineData("/oauth/register", "POST", "content-type,mcp-protocol-version")]
    [InlineData("/.well-known/oauth-authorization-server", "GET", "mcp-protocol-version")]
    [InlineData("/oauth/register/some-client", "PUT", "authorization,content-type")]
    [InlineData("/oauth/register/some-client", "DELETE", "authorization")]
    [Requirement("OIDR-3-01")]
    [Requirement("OIDR-4-01")]
    [Requirement("MCP-INT-06")]
    [Requirement("9700-2.6-02")]
    public async Task Answers_a_preflight_without_a_token(string path, string method, string headers)
    {
        var answer = await _server.SendAsync(
            HttpMethod.Options, path, null, Origin, $"Access-Control-Request-Method: {method}",
            $"Access-Control-Request-Headers: {headers}");

        Assert.InRange((int)answer.Status, 200, 299);
        Assert.Equal("*", Assert.Single(answer.Headers.GetValues("Access-Control-Allow-Origin")));
        Assert.Contains(method, string.Join(',', answer.Headers.GetValues("Access-Control-Allow-Methods")), StringComparison.Ordinal);
        var allowed = string.Join(',', answer.Headers.GetValues("Access-Control-Allow-Headers")).Split(',', StringSplitOptions.TrimEntries);
        Assert.All(headers.Split(','), header => Assert.Contains(header, allowed));
        Assert.False(answer.Headers.Contains("Access-Control-Allow-Credentials"));
    }

    [Fact]
    [Requirement("OIDR-3-01")]
    public async Task Lets_a_browser_read_successes_and_refusals_alike()
    {
        string token = "Authorization: Bearer " + GatedServer.Token;
        var answers = new Dictionary<HttpStatusCode, Answer>
        {
            [HttpStatusCode.Created] = await _server.RegisterAsync(Bodies.Smallest, Origin, token),
            [HttpStatusCode.BadRequest] = await _server.RegisterAsync("{}", Origin, token),
            [HttpStatusCode.Unauthorized] = await _server.RegisterAsync("{}", Origin),
            [HttpStatusCode.UnsupportedMediaType] = await _server.RegisterAsync(Bodies.Content([], "text/plain"), Origin, token),
            [HttpStatusCode.RequestEntityTooLarge] = await _server.RegisterAsync(new string(' ', 70_000), Origin, token),
            [HttpStatusCode.NotFound] = await _server.SendAsync(HttpMethod.Get, "/nowhere", null, Origin),
            [HttpStatusCode.MethodNotAllowed] = await _server.SendAsync(HttpMethod.Get, RegistrationCalls.Path, null, Origin),
            [HttpStatusCode.OK] = await _server.SendAsync(HttpMethod.Get, "/.well-known/oauth-authorization-server", null, Origin),
        };

        foreach (var (status, answer) in answers)
        {
            Assert.Equal(status, answer.Status);
            Assert.Equal("*", Assert.Single(answer.Headers.GetValues("Access-Control-Allow-Origin")));
            Assert.False(answer.Headers.Contains("Access-Control-Allow-Credentials"));
        }
    }

    [Fact]
    [Requirement("OIDR-3-01")]
    public async Task Lets_a_browser_read_a_refusal_for_haste()
    {
        await using var hasty = await RunningServer.StartAsync("DYNAMIC_CLIENT_REGISTRATION_RATE_LIMIT=1");
        await hasty.RegisterAsync(Bodies.Smallest, Origin);

        var answer = await hasty.RegisterAsync(Bodies.Smallest, Origin);

        Assert.Equal(HttpStatusCode.TooManyRequests, answer.Status);
        Assert.Equal("*", Assert.Single(answer.Headers.GetValues("Access-Control-Allow-Origin")));
        Assert.Contains(
            "Retry-After", string.Join(',', answer.Headers.GetValues("Access-Control-Expose-Headers")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Opens_no_other_listener_to_browsers()
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/admin/v1/clients");
        request.Headers.Add("Origin", "https://inspector.example");

        using var answer = await _server.Admin.SendAsync(request);

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.False(answer.Headers.Contains("Access-Control-Allow-Origin"));
    }
}
