using System.Net;
using GrpcDcr.Conformance.Tests.Support;
using GrpcDcr.TestKit.Service;

namespace GrpcDcr.Conformance.Tests.Rfc7591;

/// <summary>RFC 7591 sections 3 and 5: registration with a token that an administrator issued.</summary>
public sealed class IssuedTokenTests(IssuedTokenServer shared) : IClassFixture<IssuedTokenServer>
{
    private const string Bounds =
        """
        {"constraints":{"scopes":["openid"],"grant_types":["authorization_code"],"redirect_hosts":["*.partner.example"],
        "software_id":"partner-app","automatic_approval":true,"owner":"Partner Ltd"}}
        """;

    private readonly RunningServer _server = shared.Server;

    [Fact]
    [Requirement("7591-3-04")]
    [Requirement("6750-2.1-02")]
    public async Task Admits_and_is_a_legal_bearer_token()
    {
        var token = await _server.IssueTokenAsync();

        (await _server.RegisterAsync(Bodies.Smallest, "Authorization: Bearer " + token)).IsRegistration();

        Assert.Matches(@"^[A-Za-z0-9._~+/-]+=*\z", token);
    }

    [Fact]
    [Requirement("7591-3.2.2-05")]
    public async Task A_refused_registration_spends_nothing()
    {
        var token = await _server.IssueTokenAsync("{\"max_uses\":1}");

        var refused = await _server.RegisterAsync("{\"redirect_uris\":[\"http://client.example/\"]}", "Authorization: Bearer " + token);

        refused.IsRefusal("invalid_redirect_uri", HttpStatusCode.BadRequest, refused.Body);
        (await _server.RegisterAsync(Bodies.Smallest, "Authorization: Bearer " + token)).IsRegistration();
    }

    [Theory]
    [InlineData("\"scope\":\"email\"", "invalid_client_metadata", "openid")]
    [InlineData("\"software_id\":\"other\"", "invalid_client_metadata", "software_id")]
    [InlineData("\"grant_types\":[\"urn:ietf:params:oauth:grant-type:device_code\"]", "invalid_client_metadata", "authorization_code")]
    [Requirement("7591-5-11")]
    public async Task Its_constraints_bound_the_registration(string members, string error, string named)
    {
        var token = await _server.IssueTokenAsync(Bounds);

        var refused = await _server.RegisterAsync(
            $$"""{"redirect_uris":["https://app.partner.example/cb"],"software_id":"partner-app",{{members}}}""".Replace(
                "\"software_id\":\"partner-app\",\"software_id\"", "\"software_id\"", StringComparison.Ordinal),
            "Authorization: Bearer " + token);

        refused.IsRefusal(error, HttpStatusCode.BadRequest, refused.Body);
        Assert.Contains(named, refused.Description, StringComparison.Ordinal);
    }
}
