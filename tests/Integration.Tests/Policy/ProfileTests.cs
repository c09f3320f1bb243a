using System.Net;
using GrpcDcr.TestKit.Service;

namespace GrpcDcr.Integration.Tests.Policy;

/// <summary>Three profiles of one policy, and what policy says of hosts and names.</summary>
public sealed class ProfileTests
{
    private const string Token = "a-static-initial-access-token";

    [Fact]
    public async Task A_token_bearer_may_do_what_an_anonymous_caller_may_not()
    {
        await using var server = await RunningServer.StartAsync(
            "DYNAMIC_CLIENT_REGISTRATION_TOKEN=" + Token,
            "Registration:InitialAccessTokenRequired=false",
            "Registration:Profiles:Anonymous:TokenEndpointAuthMethods=none",
            "Registration:Profiles:Anonymous:AllowedScopes=openid",
            "Registration:Profiles:Anonymous:DefaultScope=openid",
            "Registration:Profiles:InitialAccessToken:Approval=Automatic");

        var anonymous = (await server.RegisterAsync(Bodies.Smallest)).IsRegistration();
        var bearer = (await server.RegisterAsync(Bodies.Smallest, "Authorization: Bearer " + Token)).IsRegistration();

        Assert.Equal(
            ("none", "openid", "pending"),
            (anonymous.Text("token_endpoint_auth_method"), anonymous.Text("scope"), anonymous.Text("client_status")));
        Assert.Equal(
            ("client_secret_basic", "email profile", "active"),
            (bearer.Text("token_endpoint_auth_method"), bearer.Text("scope"), bearer.Text("client_status")));
        await server.RefusedAsync("invalid_client_metadata", Bodies.With("\"scope\":\"email\""));
        Assert.Contains(
            "client_secret_basic", (await server.Public.GetStringAsync("/.well-known/oauth-authorization-server")),
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("https://app.example/cb", true)]
    [InlineData("https://a.b.app.example/cb", false)]
    [InlineData("https://a.partner.example/cb", true)]
    [InlineData("https://bad.partner.example/cb", false)]
    [InlineData("https://partner.example/cb", false)]
    [InlineData("http://127.0.0.1:1/cb", true)]
    [InlineData("cursor://x/cb", true)]
    [InlineData("warp://x/cb", false)]
    [InlineData("https://app.example.evil.example/cb", false)]
    public async Task Redirect_uris_lead_where_policy_allows(string uri, bool allowed)
    {
        await using var server = await RunningServer.StartAsync(
            "Registration:RedirectHosts=app.example *.partner.example localhost cursor:",
            "Registration:DeniedRedirectHosts=bad.partner.example");

        var answer = await server.RegisterAsync(Bodies.Redirecting($"\"{uri}\""));

        Assert.True(allowed == (answer.Status == HttpStatusCode.Created), answer.Body);
        if (!allowed)
        {
            answer.IsRefusal("invalid_redirect_uri", HttpStatusCode.BadRequest, answer.Body);
        }
    }
}
