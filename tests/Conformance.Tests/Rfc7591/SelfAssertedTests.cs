using System.Net;
using GrpcDcr.TestKit.Service;

namespace GrpcDcr.Conformance.Tests.Rfc7591;

/// <summary>RFC 7591 section 5: what clients say of themselves, and how far it is believed.</summary>
public sealed class SelfAssertedTests(OpenServer shared) : IClassFixture<OpenServer>
{
    private readonly RunningServer _server = shared.Server;

    [Fact]
    [Requirement("7591-5-06")]
    [Requirement("9700-4.11-01")]
    public async Task Tells_the_authorization_server_that_all_of_it_is_self_asserted()
    {
        var client = await _server.RegisteredAsync(Bodies.Smallest);

        var seen = await _server.Directory().GetClientAsync(new() { ClientId = client.GetProperty("client_id").GetString() });

        Assert.True(seen.Client.SelfAsserted);
    }

    [Theory]
    [InlineData("7591-5-07", "client_uri", "https://code.visualstudio.com/")]
    [InlineData("7591-5-07", "tos_uri", "https://elsewhere.example/tos")]
    [InlineData("OIDR-9.1-01", "logo_uri", "https://elsewhere.example/logo.png")]
    [InlineData("OIDR-9.1-01", "policy_uri", "https://elsewhere.example/policy")]
    public async Task Registers_pages_on_any_host(string requirement, string member, string page)
    {
        var client = await _server.RegisteredAsync(Bodies.With($"\"{member}\":\"{page}\""));

        Assert.True(client.GetProperty(member).GetString() == page, requirement);
    }

    [Fact]
    [Requirement("7591-5-09")]
    public async Task Registers_the_same_software_as_often_as_it_asks()
    {
        const string Software = "\"software_id\":\"4NRB1-0XZABZI9E6-5SM3R\",\"software_version\":\"2\"";

        var one = await _server.RegisteredAsync(Bodies.With(Software));
        var other = await _server.RegisteredAsync(Bodies.With(Software));

        Assert.NotEqual(one.GetProperty("client_id").GetString(), other.GetProperty("client_id").GetString());
    }

    [Fact]
    [Requirement("7591-2-19")]
    public async Task Keeps_software_apart_that_differs_in_case()
    {
        var one = await _server.RegisteredAsync(Bodies.With("\"software_id\":\"ab-1\""));
        var other = await _server.RegisteredAsync(Bodies.With("\"software_id\":\"AB-1\""));

        Assert.Equal(("ab-1", "AB-1"), (one.GetProperty("software_id").GetString(), other.GetProperty("software_id").GetString()));
    }

    [Theory]
    [InlineData("Claude", "https://claude.ai/cb", true)]
    [InlineData("Claude Code", "http://localhost:3118/callback", true)]
    [InlineData("Claude", "https://evil.example/cb", false)]
    [InlineData("\u0421laude", "https://evil.example/cb", false)]
    [InlineData("CIaude desktop", "https://evil.example/cb", false)]
    [InlineData("Claudette", "https://evil.example/cb", true)]
    [Requirement("7591-5-06")]
    public async Task A_reserved_name_is_for_clients_of_its_hosts(string name, string uri, bool allowed)
    {
        await using var server = await RunningServer.StartAsync(
            "Registration:ReservedClientNames=Claude = claude.ai localhost; ChatGPT = chatgpt.com");
        var body = $$"""{"client_name":"{{name}}","redirect_uris":["{{uri}}"]}""";

        var answer = await server.RegisterAsync(body);
        var localized = await server.RegisterAsync(body.Replace("client_name", "client_name#fr", StringComparison.Ordinal));

        Assert.True(allowed == (answer.Status == HttpStatusCode.Created), answer.Body);
        Assert.Equal(answer.Status, localized.Status);
        if (!allowed)
        {
            answer.IsRefusal("invalid_client_metadata", HttpStatusCode.BadRequest, answer.Body);
        }
    }
}
