using System.Net;
using System.Net.Http.Headers;
using GrpcDcr.TestKit.Service;

namespace GrpcDcr.Integration.Tests.Listeners;

/// <summary>Each endpoint answers at its own door, and at no other, whatever the request says.</summary>
public sealed class ListenerTests(OpenServer shared) : IClassFixture<OpenServer>
{
    private readonly RunningServer _server = shared.Server;

    [Theory]
    [InlineData("GET", "/admin/v1/clients")]
    [InlineData("POST", "/admin/v1/clients")]
    [InlineData("GET", "/admin/v1/audit-events")]
    [InlineData("POST", "/admin/v1/storage:backUp")]
    [InlineData("POST", "/grpcdcr.v1.ClientDirectory/GetClient")]
    [InlineData("POST", "/grpcdcr.v1.ClientAdministration/ListClients")]
    [InlineData("POST", "/grpcdcr.v1.ClientRegistration/RegisterClient")]
    [InlineData("POST", "/grpc.health.v1.Health/Check")]
    [InlineData("POST", "/grpc.reflection.v1alpha.ServerReflection/ServerReflectionInfo")]
    [InlineData("GET", "/grpcdcr.v1.ClientDirectory/GetClient")]
    [InlineData("GET", "/health/ready")]
    public async Task The_public_door_leads_to_no_other(string method, string path)
    {
        foreach (var host in new[] { _server.OperatorAddress.Authority, _server.InnerAddress.Authority, "localhost", "as.example" })
        {
            var content = new ByteArrayContent([0, 0, 0, 0, 0]);
            content.Headers.ContentType = new MediaTypeHeaderValue(path.StartsWith("/grpc", StringComparison.Ordinal) ? "application/grpc" : "application/json");
            var answer = await _server.SendAsync(
                new HttpMethod(method), path, content, "Host: " + host, "Authorization: Bearer " + RunningServer.OperatorToken,
                "X-Forwarded-Host: " + host, "X-Forwarded-Port: 8082");

            answer.IsRefusal("invalid_request", HttpStatusCode.NotFound, $"{method} {path} as {host}");
        }
    }

    [Fact]
    public async Task A_whole_url_in_the_request_line_opens_nothing_either()
    {
        using var request = await RawRequest.OpenAsync(_server.PublicAddress);

        await request.SendAsync(
            $"GET http://{_server.OperatorAddress.Authority}/admin/v1/clients HTTP/1.1\r\nHost: {_server.OperatorAddress.Authority}\r\n"
            + $"Authorization: Bearer {RunningServer.OperatorToken}\r\n\r\n");

        Assert.InRange((await request.AnswerAsync()).Status, 400, 404);
    }

    [Theory]
    [InlineData("POST", "/oauth/register")]
    [InlineData("GET", "/.well-known/oauth-authorization-server")]
    [InlineData("GET", "/health/live")]
    [InlineData("POST", "/grpcdcr.v1.ClientAdministration/ListClients")]
    public async Task The_operator_door_leads_to_no_other(string method, string path)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), path) { Content = Bodies.Json(Bodies.Smallest) };
        request.Headers.Host = _server.PublicAddress.Authority;

        using var answer = await _server.Operator.SendAsync(request);

        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
    }

    [Theory]
    [InlineData("POST", "/oauth/register")]
    [InlineData("GET", "/.well-known/oauth-authorization-server")]
    [InlineData("GET", "/admin/v1/clients")]
    [InlineData("GET", "/health/ready")]
    public async Task The_inner_door_leads_to_no_other(string method, string path)
    {
        using var client = new HttpClient { BaseAddress = _server.InnerAddress };
        using var request = new HttpRequestMessage(new HttpMethod(method), path)
        {
            Version = HttpVersion.Version20,
            VersionPolicy = HttpVersionPolicy.RequestVersionExact,
            Content = Bodies.Json(Bodies.Smallest),
        };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", RunningServer.OperatorToken);

        using var answer = await client.SendAsync(request);

        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
    }

    [Fact]
    public async Task Says_to_everybody_that_it_lives_and_to_operators_that_it_is_ready()
    {
        Assert.Equal(HttpStatusCode.OK, (await _server.SendAsync(HttpMethod.Get, "/health/live", null)).Status);

        using var anybody = new HttpClient { BaseAddress = _server.OperatorAddress };
        using var ready = await anybody.GetAsync("/health/ready");
        Assert.Equal((HttpStatusCode.OK, "Healthy"), (ready.StatusCode, await ready.Content.ReadAsStringAsync()));
    }
}
