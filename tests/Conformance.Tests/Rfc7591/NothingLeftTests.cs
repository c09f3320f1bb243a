using System.Net;
using GrpcDcr.Admin.V1;
using GrpcDcr.TestKit.Service;

namespace GrpcDcr.Conformance.Tests.Rfc7591;

/// <summary>RFC 7591 section 3.2.2: a request that was refused has changed nothing.</summary>
public sealed class NothingLeftTests(GatedServer shared) : IClassFixture<GatedServer>
{
    private const string Token = "Authorization: Bearer " + GatedServer.Token;

    private readonly RunningServer _server = shared.Server;

    [Theory]
    [InlineData("{}", HttpStatusCode.BadRequest)]
    [InlineData("not json", HttpStatusCode.BadRequest)]
    [InlineData("""{"redirect_uris":["https://client.example/cb"],"client_name":1}""", HttpStatusCode.BadRequest)]
    [InlineData("""{"redirect_uris":["https://client.example/cb","http://client.example/cb"]}""", HttpStatusCode.BadRequest)]
    [Requirement("7591-3.2.2-05")]
    public async Task Leaves_no_client_and_no_registration_event(string body, HttpStatusCode status)
    {
        var clients = await _server.CountClientsAsync();
        var registered = await RegisteredEventsAsync();

        var refused = await _server.RegisterAsync(body, Token);
        Assert.Equal(status, refused.Status);

        Assert.Equal(clients, await _server.CountClientsAsync());
        Assert.Equal(registered, await RegisteredEventsAsync());
    }

    [Fact]
    [Requirement("7591-3.2.2-05")]
    public async Task Leaves_the_token_as_good_as_it_was()
    {
        (await _server.RegisterAsync("{}", Token)).IsRefusal("invalid_redirect_uri", HttpStatusCode.BadRequest, "refused");

        (await _server.RegisterAsync(Bodies.Smallest, Token)).IsRegistration();
    }

    private async Task<int> RegisteredEventsAsync()
    {
        var events = await _server.AuditLog().ListAuditEventsAsync(new() { Type = AuditEventType.ClientRegistered, PageSize = 500 });
        return events.Events.Count;
    }
}
