using System.Net;
using System.Net.Http.Headers;
using GrpcDcr.Server.Storage;
using GrpcDcr.TestKit.Service;
using Microsoft.Extensions.DependencyInjection;

namespace GrpcDcr.Integration.Tests.Listeners;

/// <summary>Each route answers at its own listener, and at no other, whatever the request says.</summary>
public sealed class ListenerTests(OpenServer shared) : IClassFixture<OpenServer>
{
    private readonly RunningServer _server = shared.Server;

    [Theory]
    [InlineData("GET", "/admin/v1/clients")]
    [InlineData("POST", "/admin/v1/clients")]
    [InlineData("GET", "/admin/v1/audit-events")]
    [InlineData("POST", "/admin/v1/storage:backUp")]
    [InlineData("POST", "/grpcdcr.directory.v1.ClientDirectory/GetClient")]
    [InlineData("POST", "/grpcdcr.admin.v1.ClientAdministration/ListClients")]
    [InlineData("POST", "/grpcdcr.v1.ClientRegistration/RegisterClient")]
    [InlineData("POST", "/grpc.health.v1.Health/Check")]
    [InlineData("POST", "/grpc.reflection.v1alpha.ServerReflection/ServerReflectionInfo")]
    [InlineData("GET", "/grpcdcr.directory.v1.ClientDirectory/GetClient")]
    [InlineData("GET", "/health/ready")]
    [InlineData("GET", "/health/live")]
    public async Task The_public_listener_leads_to_no_other(string method, string path)
    {
        foreach (var host in new[] { _server.AdminAddress.Authority, _server.InternalAddress.Authority, "localhost", "as.example" })
        {
            var content = new ByteArrayContent([0, 0, 0, 0, 0]);
            content.Headers.ContentType = new MediaTypeHeaderValue(
                path.StartsWith("/grpc", StringComparison.Ordinal) ? "application/grpc" : "application/json");
            var answer = await _server.SendAsync(
                new HttpMethod(method), path, content, "Host: " + host, "Authorization: Bearer " + RunningServer.AdminToken,
                "X-Forwarded-Host: " + host, "X-Forwarded-Port: 8082");

            answer.IsRefusal("invalid_request", HttpStatusCode.NotFound, $"{method} {path} as {host}");
        }
    }

    [Fact]
    public async Task A_whole_url_in_the_request_line_opens_nothing_either()
    {
        using var request = await RawRequest.OpenAsync(_server.PublicAddress);

        await request.SendAsync(
            $"GET http://{_server.AdminAddress.Authority}/admin/v1/clients HTTP/1.1\r\nHost: {_server.AdminAddress.Authority}\r\n"
            + $"Authorization: Bearer {RunningServer.AdminToken}\r\n\r\n");

        Assert.InRange((await request.AnswerAsync()).Status, 400, 404);
    }

    [Theory]
    [InlineData("POST", "/oauth/register")]
    [InlineData("GET", "/.well-known/oauth-authorization-server")]
    [InlineData("GET", "/health/live")]
    [InlineData("GET", "/health/ready")]
    [InlineData("POST", "/grpcdcr.admin.v1.ClientAdministration/ListClients")]
    public async Task The_admin_listener_leads_to_no_other(string method, string path)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), path) { Content = Bodies.Json(Bodies.Smallest) };
        request.Headers.Host = _server.PublicAddress.Authority;

        var answer = await Answer.OfAsync(await _server.Admin.SendAsync(request));

        Assert.Equal((HttpStatusCode.NotFound, 5), (answer.Status, answer.Json.GetProperty("code").GetInt32()));
    }

    [Theory]
    [InlineData("POST", "/oauth/register")]
    [InlineData("GET", "/.well-known/oauth-authorization-server")]
    [InlineData("GET", "/admin/v1/clients")]
    [InlineData("GET", "/health/ready")]
    public async Task The_internal_listener_leads_to_no_other(string method, string path)
    {
        using var client = new HttpClient { BaseAddress = _server.InternalAddress };
        using var request = new HttpRequestMessage(new HttpMethod(method), path)
        {
            Version = HttpVersion.Version20,
            VersionPolicy = HttpVersionPolicy.RequestVersionExact,
            Content = Bodies.Json(Bodies.Smallest),
        };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", RunningServer.AdminToken);

        using var answer = await client.SendAsync(request);

        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
    }

    [Theory]
    [InlineData("/health/started", "Healthy")]
    [InlineData("/health/live", "Healthy")]
    [InlineData("/health/ready", "Healthy")]
    public async Task The_management_listener_tells_everybody_about_health(string path, string status)
    {
        using var anybody = new HttpClient { BaseAddress = _server.ManagementAddress };

        var answer = await Answer.OfAsync(await anybody.GetAsync(path));

        Assert.Equal((HttpStatusCode.OK, status), (answer.Status, answer.Text("status")));
        Assert.Equal("application/json", answer.ContentHeaders.ContentType?.MediaType);
    }

    [Theory]
    [InlineData("POST", "/oauth/register")]
    [InlineData("GET", "/admin/v1/clients")]
    [InlineData("GET", "/.well-known/oauth-authorization-server")]
    [InlineData("POST", "/grpcdcr.admin.v1.ClientAdministration/ListClients")]
    public async Task The_management_listener_leads_to_no_other(string method, string path)
    {
        using var anybody = new HttpClient { BaseAddress = _server.ManagementAddress };
        using var request = new HttpRequestMessage(new HttpMethod(method), path) { Content = Bodies.Json(Bodies.Smallest) };
        request.Headers.Host = _server.PublicAddress.Authority;
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", RunningServer.AdminToken);

        var answer = await Answer.OfAsync(await anybody.SendAsync(request));

        Assert.Equal((HttpStatusCode.NotFound, 5), (answer.Status, answer.Json.GetProperty("code").GetInt32()));
    }

    [Fact]
    public async Task Says_why_it_is_not_ready()
    {
        await using var server = await RunningServer.StartAsync();
        using var anybody = new HttpClient { BaseAddress = server.ManagementAddress };
        await server.Services.GetRequiredService<IRegistrationStore>().DisposeAsync();

        var answer = await Answer.OfAsync(await anybody.GetAsync("/health/ready"));

        Assert.Equal((HttpStatusCode.ServiceUnavailable, "Unhealthy"), (answer.Status, answer.Text("status")));
        Assert.NotEmpty(answer.Json.GetProperty("checks").GetProperty("store").GetProperty("reason").GetString()!);
    }
}
