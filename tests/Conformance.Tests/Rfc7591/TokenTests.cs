using System.Net;
using GrpcDcr.TestKit.Service;

namespace GrpcDcr.Conformance.Tests.Rfc7591;

/// <summary>RFC 7591 section 3 and RFC 6750: registration that asks for an initial access token.</summary>
public sealed class TokenTests(GatedServer shared) : IClassFixture<GatedServer>
{
    private readonly RunningServer _server = shared.Server;

    [Theory]
    [InlineData("Bearer")]
    [InlineData("bearer")]
    [InlineData("BEARER")]
    [Requirement("7591-3-04")]
    [Requirement("6750-2.1-01")]
    [Requirement("OIDR-3-02")]
    public async Task Admits_the_token(string scheme) =>
        (await _server.RegisterAsync(Bodies.Smallest, $"Authorization: {scheme} {GatedServer.Token}")).IsRegistration();

    [Theory]
    [InlineData(Bodies.Smallest)]
    [InlineData("not json")]
    [Requirement("7591-3-04")]
    [Requirement("6750-3-01")]
    [Requirement("6750-3-02")]
    [Requirement("6750-INT-01")]
    [Requirement("9728-01")]
    public async Task Names_no_error_when_no_token_was_sent(string body)
    {
        foreach (var headers in new string[][] { [], ["Authorization: Basic dXNlcjpwYXNz"] })
        {
            var answer = await _server.RefusedAsync("invalid_token", HttpStatusCode.Unauthorized, Bodies.Json(body), headers);
            Assert.Equal(["realm"], Challenge.Of(answer).Keys);
        }
    }

    [Theory]
    [InlineData(Bodies.Smallest)]
    [InlineData("not json")]
    [InlineData("{\"redirect_uris\":[1]}")]
    [Requirement("7591-3-04")]
    [Requirement("7591-3.2.2-04")]
    [Requirement("6750-3-03")]
    [Requirement("6750-3.1-01")]
    [Requirement("OIDR-3.3-01")]
    public async Task Checks_the_token_before_the_body(string body)
    {
        foreach (var token in new[] { "wrong", GatedServer.Token + "x", GatedServer.Token.ToUpperInvariant(), RunningServer.AdminToken })
        {
            var answer = await _server.RefusedAsync(
                "invalid_token", HttpStatusCode.Unauthorized, Bodies.Json(body), "Authorization: Bearer " + token);
            var challenge = Challenge.Of(answer);
            Assert.Equal("invalid_token", challenge["error"]);
            Assert.NotEmpty(challenge["realm"]);
        }
    }

    [Theory]
    [InlineData("Bearer")]
    [InlineData("Bearer ")]
    [InlineData("Bearer a b")]
    [InlineData("Bearer \"quoted\"")]
    [InlineData("Bearer ====")]
    [InlineData("Bearer a,b")]
    [Requirement("6750-2.1-01")]
    [Requirement("6750-3.1-01")]
    public async Task Calls_a_malformed_credential_an_invalid_request(string credential)
    {
        var answer = await _server.RefusedAsync(
            "invalid_request", HttpStatusCode.BadRequest, Bodies.Json(Bodies.Smallest), "Authorization: " + credential);

        Assert.Equal("invalid_request", Challenge.Of(answer)["error"]);
    }

    [Fact]
    [Requirement("6750-2-02")]
    [Requirement("6750-2.3-01")]
    public async Task Never_takes_a_token_from_the_query()
    {
        var path = $"{RegistrationCalls.Path}?access_token={GatedServer.Token}";

        var alone = await _server.SendAsync(HttpMethod.Post, path, Bodies.Json(Bodies.Smallest));
        var besideAnother = await _server.SendAsync(HttpMethod.Post, path, Bodies.Json(Bodies.Smallest), "Authorization: Bearer wrong");

        alone.IsRefusal("invalid_token", HttpStatusCode.Unauthorized, "alone");
        besideAnother.IsRefusal("invalid_token", HttpStatusCode.Unauthorized, "beside another");
    }
}

/// <summary>The same where registration is open.</summary>
public sealed class OpenRegistrationTests(OpenServer shared) : IClassFixture<OpenServer>
{
    [Fact]
    [Requirement("7591-3-05")]
    public async Task Asks_nobody_for_a_token() => (await shared.Server.RegisterAsync(Bodies.Smallest)).IsRegistration();

    [Fact]
    [Requirement("7591-3-06")]
    public async Task Refuses_a_token_all_the_same_for_who_sends_one_relies_on_it()
    {
        var answer = await shared.Server.RefusedAsync(
            "invalid_token", HttpStatusCode.Unauthorized, Bodies.Json(Bodies.Smallest), "Authorization: Bearer wrong");

        Assert.Equal("invalid_token", Challenge.Of(answer)["error"]);
    }

    [Fact]
    public async Task Takes_no_metadata_from_the_query()
    {
        var answer = await shared.Server.SendAsync(
            HttpMethod.Post, RegistrationCalls.Path + "?metadata.client_name=x&client_name=x&scope=openid", Bodies.Json(Bodies.Smallest));

        Assert.False(answer.IsRegistration().Json.TryGetProperty("client_name", out _));
    }
}

/// <summary>RFC 7591 section 5: a deployment may refuse public clients.</summary>
public sealed class ConfidentialOnlyTests(ConfidentialOnlyTests.Strict shared) : IClassFixture<ConfidentialOnlyTests.Strict>
{
    [Fact]
    [Requirement("7591-5-03")]
    public Task Refuses_public_clients() => shared.Server.RefusedAsync("invalid_client_metadata", Bodies.PublicNative);

    public sealed class Strict() : SharedServer("Registration:TokenEndpointAuthMethods=client_secret_basic client_secret_post");
}
