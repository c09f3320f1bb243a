using GrpcDcr.TestKit.Service;

namespace GrpcDcr.Conformance.Tests.NativeApps;

/// <summary>RFC 8252 and RFC 9700, as far as they show at registration.</summary>
public sealed class RedirectUriTests(OpenServer shared) : IClassFixture<OpenServer>
{
    private readonly RunningServer _server = shared.Server;

    [Theory]
    [InlineData("8252-7.1-01", "com.example.app:/oauth2redirect/x")]
    [InlineData("8252-7.2-01", "https://app.example.com/oauth")]
    [InlineData("OIDR-2-07", "https://app.example.com/cb")]
    [InlineData("8252-7.3-01", "http://127.0.0.1/cb")]
    [InlineData("8252-7.3-01", "http://127.0.0.1:51004/cb")]
    [InlineData("8252-7.3-02", "http://[::1]/cb")]
    [InlineData("8252-7.3-02", "http://[::1]:61023/cb")]
    [InlineData("8252-8.3-01", "http://localhost/cb")]
    [InlineData("8252-8.4-01", "cursor://anysphere.cursor-mcp/oauth/callback")]
    [InlineData("OIDR-2-05", "http://localhost:8080/cb")]
    [InlineData("D-02", "https://app.example.com/callback")]
    [InlineData("D-03", "warp://mcp/oauth2callback")]
    [InlineData("D-03", "unlisted://callback")]
    public async Task Registers_what_native_apps_use(string requirement, string uri)
    {
        var client = await _server.RegisteredAsync(
            $$"""{"redirect_uris":["{{uri}}"],"application_type":"native","token_endpoint_auth_method":"none"}""");

        Assert.True(client.GetProperty("application_type").GetString() == "native", requirement);
        Assert.Equal([uri], client.Strings("redirect_uris"));
        Assert.False(client.TryGetProperty("client_secret", out _));
    }

    [Theory]
    [InlineData("9700-2.1-02", "https://*.client.example/cb")]
    [InlineData("9700-2.1-02", "https://client.example/*")]
    [InlineData("9700-2.1-02", "http://localhost:*/cb")]
    [InlineData("9700-2.6-01", "http://client.example/cb")]
    [InlineData("9700-2.6-01", "http://10.0.0.1/cb")]
    [InlineData("9700-2.6-01", "http://127.0.0.1.evil.example/cb")]
    [InlineData("9700-2.6-01", "http://localhost@evil.example/cb")]
    [InlineData("8252-8.4-01", "javascript:alert(1)")]
    [InlineData("8252-8.4-01", "data:text/html,x")]
    [InlineData("6749-3.1.2-02", "com.example.app:/cb#x")]
    public async Task Refuses_what_others_could_receive(string requirement, string uri)
    {
        var refusal = await _server.RefusedAsync("invalid_redirect_uri", $$"""{"redirect_uris":["{{uri}}"],"application_type":"native"}""");

        Assert.True(refusal.Description!.Contains("redirect_uris", StringComparison.Ordinal), requirement);
    }

    [Fact]
    [Requirement("8252-8.4-03")]
    public async Task Gives_a_native_app_a_secret_of_its_own()
    {
        const string Body = """{"redirect_uris":["com.example.app:/cb"],"application_type":"native","token_endpoint_auth_method":"client_secret_basic"}""";

        var one = await _server.RegisteredAsync(Body);
        var other = await _server.RegisteredAsync(Body);

        Assert.NotEqual(one.GetProperty("client_secret").GetString(), other.GetProperty("client_secret").GetString());
    }

    [Theory]
    [InlineData("\"cursor://a/b\"", ",\"application_type\":\"web\"", "native")]
    [InlineData("\"http://127.0.0.1:19876/cb\"", "", "native")]
    [InlineData("\"https://client.example/cb\",\"http://localhost/cb\"", "", "native")]
    [InlineData("\"https://client.example/cb\"", ",\"application_type\":\"web\"", "web")]
    [InlineData("\"https://client.example/cb\"", ",\"application_type\":\"native\"", "native")]
    [Requirement("D-01")]
    [Requirement("OIDR-2-08")]
    [Requirement("MCP-0728-02")]
    [Requirement("MCP-0326-01")]
    public async Task Registers_as_native_what_only_a_native_app_can_receive(string uris, string members, string type)
    {
        var client = await _server.RegisteredAsync($$"""{"redirect_uris":[{{uris}}]{{members}}}""");

        Assert.Equal(type, client.GetProperty("application_type").GetString());
    }

    [Fact]
    [Requirement("D-04")]
    public async Task Returns_a_redirect_uri_that_was_sent_twice_twice()
    {
        var client = await _server.RegisteredAsync(Bodies.Redirecting("\"https://client.example/cb\",\"https://client.example/cb\""));

        Assert.Equal(["https://client.example/cb", "https://client.example/cb"], client.Strings("redirect_uris"));
    }
}

/// <summary>The same where policy is strict.</summary>
public sealed class StrictRedirectUriTests(StrictRedirectUriTests.Strict shared) : IClassFixture<StrictRedirectUriTests.Strict>
{
    [Theory]
    [InlineData("OIDR-2-08", """{"redirect_uris":["cursor://a/b"],"application_type":"web"}""")]
    [InlineData("OIDR-2-08", """{"redirect_uris":["http://127.0.0.1/cb"]}""")]
    [InlineData("D-01", """{"redirect_uris":["https://client.example/cb","warp://mcp/oauth2callback"],"application_type":"web"}""")]
    [InlineData("D-02", """{"redirect_uris":["https://127.0.0.1/cb"],"application_type":"native"}""")]
    [InlineData("D-03", """{"redirect_uris":["other://a/b"],"application_type":"native"}""")]
    [InlineData("D-04", """{"redirect_uris":["https://client.example/cb","https://client.example/cb"]}""")]
    [InlineData("8252-8.4-01", """{"redirect_uris":["unlisted://a/b"],"application_type":"native"}""")]
    [InlineData("OIDR-2-07", """{"redirect_uris":["https://localhost/cb"],"application_type":"native"}""")]
    public async Task Refuses_what_compatibility_allows(string requirement, string body)
    {
        var refusal = await shared.Server.RefusedAsync("invalid_redirect_uri", body);

        Assert.True(refusal.Description!.Length > 0, requirement);
    }

    public sealed class Strict() : SharedServer("Registration:Compatibility=false");
}
