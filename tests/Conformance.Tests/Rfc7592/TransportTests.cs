using System.Net;
using GrpcDcr.TestKit.Service;

namespace GrpcDcr.Conformance.Tests.Rfc7592;

/// <summary>RFC 7592 sections 2, 3 and 5: TLS, and the address as callers see it.</summary>
public sealed class TransportTests(ProxiedServer proxied) : IClassFixture<ProxiedServer>
{
    private static readonly string[] Https = ["X-Forwarded-For: 203.0.113.9", "X-Forwarded-Proto: https", "X-Forwarded-Host: as.example"];
    private static readonly string[] Http = ["X-Forwarded-For: 203.0.113.9", "X-Forwarded-Proto: http"];

    private readonly RunningServer _server = proxied.Server;

    [Fact]
    [Requirement("7592-2-03")]
    public async Task Refuses_plain_http_from_another_machine()
    {
        var client = await OwnRecord.RegisterAsync(_server, Bodies.Smallest, Https);
        string[] own = ["Authorization: Bearer " + client.Token];

        foreach (var method in new[] { HttpMethod.Get, HttpMethod.Put, HttpMethod.Delete })
        {
            var answer = await _server.SendAsync(method, client.Path, Bodies.Json("{}"), [.. Http, .. own]);
            answer.IsRefusal("invalid_request", HttpStatusCode.BadRequest, method.Method);
        }

        (await _server.SendAsync(HttpMethod.Get, client.Path, null, [.. Https, .. own])).IsRecord();
    }

    [Fact]
    [Requirement("7592-3-02")]
    [Requirement("MCP-INT-05")]
    public async Task Issues_an_https_address_on_the_public_origin_that_works()
    {
        var registered = (await _server.RegisterAsync(Bodies.Smallest, [.. Https, "Host: internal.example"])).IsRegistration();

        var address = new Uri(registered.Text("registration_client_uri")!, UriKind.Absolute);

        Assert.Equal("https://as.example", address.GetLeftPart(UriPartial.Authority));
        var own = "Authorization: Bearer " + registered.TokenIn();
        var read = (await _server.SendAsync(HttpMethod.Get, address.PathAndQuery, null, [.. Https, own])).IsRecord();
        Assert.Equal(address.OriginalString, read.Text("registration_client_uri"));
        var document = (await _server.SendAsync(HttpMethod.Get, "/.well-known/oauth-authorization-server", null, Https)).Json;
        Assert.Equal(new Uri(document.GetProperty("registration_endpoint").GetString()!).Host, address.Host);
    }
}
