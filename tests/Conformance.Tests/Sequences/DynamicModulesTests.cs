using System.Net;
using GrpcDcr.Conformance.Tests.Support;
using GrpcDcr.Directory.V1;
using GrpcDcr.TestKit.Samples;
using GrpcDcr.TestKit.Service;

namespace GrpcDcr.Conformance.Tests.Sequences;

/// <summary>
/// The modules of the OpenID Foundation's suite that test dynamic registration, as far as they meet the registration server.
/// </summary>
public sealed class DynamicModulesTests(DynamicModulesTests.Provider shared) : IClassFixture<DynamicModulesTests.Provider>
{
    /// <summary>The suite speaks TLS to the proxy.</summary>
    private static readonly string[] Suite =
        ["X-Forwarded-For: 203.0.113.9", "X-Forwarded-Proto: https", "X-Forwarded-Host: as.example", "Accept: application/json"];

    private readonly RunningServer _server = shared.Service;

    [Theory]
    [InlineData("code", "authorization_code")]
    [InlineData("id_token", "implicit")]
    [InlineData("id_token token", "implicit")]
    [InlineData("code id_token", "authorization_code implicit")]
    [InlineData("code token", "authorization_code implicit")]
    [InlineData("code id_token token", "authorization_code implicit")]
    [Requirement("OIDF-01")]
    [Requirement("OIDF-02")]
    [Requirement("OIDF-03")]
    [Requirement("OIDF-04")]
    [Requirement("OIDF-05")]
    [Requirement("OIDF-06")]
    [Requirement("OIDF-07")]
    public async Task Registers_the_suite_for_each_response_type(string type, string grants)
    {
        var client = (await _server.RegisterAsync(DynamicRegistration.Body(type, grants), Suite)).IsDynamicRegistration();

        Assert.Equal([type], client.Strings("response_types"));
        Assert.Equal(grants.Split(' '), client.Strings("grant_types"));
        Assert.Equal([DynamicRegistration.RedirectUri], client.Strings("redirect_uris"));
    }

    [Theory]
    [InlineData("logo_uri")]
    [InlineData("policy_uri")]
    [InlineData("tos_uri")]
    [Requirement("OIDF-09")]
    public async Task Hands_display_addresses_to_the_authorization_server(string member)
    {
        var page = "https://suite.example/" + member;
        var body = DynamicRegistration.Body("code", "authorization_code", $",\"{member}\":\"{page}\"");

        var client = (await _server.RegisterAsync(body, Suite)).IsDynamicRegistration();

        Assert.Equal(page, client.GetProperty(member).GetString());
        var seen = await _server.Directory().GetClientAsync(new() { ClientId = client.GetProperty("client_id").GetString() });
        Assert.Contains(page, new[] { seen.Client.Metadata.LogoUri, seen.Client.Metadata.PolicyUri, seen.Client.Metadata.TosUri });
    }

    [Fact]
    [Requirement("OIDF-12")]
    public async Task Refuses_a_redirect_uri_with_a_fragment()
    {
        var body = DynamicRegistration.Body("code", "authorization_code", redirectUri: DynamicRegistration.RedirectUri + "#foo");

        (await _server.RegisterAsync(body, Suite)).IsRefusal("invalid_redirect_uri", HttpStatusCode.BadRequest, body);
    }

    [Theory]
    [InlineData("OIDF-13", "?foo=bar", "?foo=bar", true)]
    [InlineData("OIDF-13", "?foo=bar", "?foo=baz", false)]
    [InlineData("OIDF-13", "?foo=bar", "?foo=bar&bar=foo", false)]
    [InlineData("OIDF-13", "", "?foo=bar", false)]
    [InlineData("OIDF-14", "", "", true)]
    [InlineData("OIDF-14", "", "/random", false)]
    public async Task Compares_redirect_uris_exactly(string requirement, string registered, string requested, bool allowed)
    {
        var body = DynamicRegistration.Body("code", "authorization_code", redirectUri: DynamicRegistration.RedirectUri + registered);
        var client = (await _server.RegisterAsync(body, Suite)).IsDynamicRegistration();
        Assert.Equal([DynamicRegistration.RedirectUri + registered], client.Strings("redirect_uris"));
        var id = client.GetProperty("client_id").GetString()!;
        await _server.ActAsync(id, "approve");

        var answer = await _server.Directory().CheckRedirectUriAsync(
            new CheckRedirectUriRequest { ClientId = id, RedirectUri = DynamicRegistration.RedirectUri + requested });

        Assert.True(allowed == answer.Allowed, requirement);
    }

    [Fact]
    [Requirement("OIDF-19")]
    public async Task Lists_in_its_metadata_what_a_dynamic_provider_must_have()
    {
        var document = (await _server.SendAsync(HttpMethod.Get, "/.well-known/oauth-authorization-server", null, Suite)).Json;

        Assert.StartsWith("https://", document.GetProperty("registration_endpoint").GetString(), StringComparison.Ordinal);
        Assert.Empty(new[] { "authorization_code", "implicit" }.Except(document.Strings("grant_types_supported")));
        Assert.Empty(new[] { "code", "id_token", "id_token token" }.Except(document.Strings("response_types_supported")));
    }

    [Fact]
    [Requirement("OIDF-08")]
    public async Task Registers_keys_by_their_address()
    {
        var address = shared.Publish($$"""{"keys":[{{{SampleKeys.Rsa}},"use":"sig","alg":"RS256","kid":"suite-1"}]}""");
        var body = $$"""
            {"grant_types":["authorization_code"],"response_types":["code"],"redirect_uris":["{{DynamicRegistration.RedirectUri}}"],
             "token_endpoint_auth_method":"private_key_jwt","jwks_uri":"{{address}}"}
            """;

        var client = (await _server.RegisterAsync(body, Suite)).IsDynamicRegistration();

        Assert.Equal("private_key_jwt", client.GetProperty("token_endpoint_auth_method").GetString());
        Assert.Equal(address, client.GetProperty("jwks_uri").GetString());
    }

    [Fact]
    [Requirement("OIDF-10")]
    [Requirement("OIDF-11")]
    public async Task Asks_the_sector_document_for_the_redirect_uri()
    {
        var good = shared.Publish($"[\"{DynamicRegistration.RedirectUri}\"]");
        var bad = shared.Publish("[\"https://example.com/op\"]");

        (await _server.RegisterAsync(WithSector(good), Suite)).IsDynamicRegistration();
        (await _server.RegisterAsync(WithSector(bad), Suite)).IsRefusal("invalid_client_metadata", HttpStatusCode.BadRequest, "sector");

        static string WithSector(string address) => DynamicRegistration.Body(
            "code", "authorization_code", $",\"subject_type\":\"pairwise\",\"sector_identifier_uri\":\"{address}\"");
    }

    [Theory]
    [InlineData("OIDF-16", "request_uris", "[\"https://suite.example/requests/1#Y3I4\"]")]
    [InlineData("OIDF-17", "initiate_login_uri", "\"https://suite.example/start\"")]
    public async Task Returns_a_member_when_it_is_registered_and_when_it_is_read(string requirement, string member, string value)
    {
        var body = DynamicRegistration.Body("code", "authorization_code", $",\"{member}\":{value}");

        var client = (await _server.RegisterAsync(body, Suite)).IsDynamicRegistration();

        Assert.True(client.GetProperty(member).GetRawText() == value, requirement);
        string[] own = [.. Suite, "Authorization: Bearer " + client.GetProperty("registration_access_token").GetString()];
        var address = new Uri(client.GetProperty("registration_client_uri").GetString()!);
        var read = (await _server.SendAsync(HttpMethod.Get, address.PathAndQuery, null, own)).IsRecord();
        Assert.Equal(value, read.Json.GetProperty(member).GetRawText());
    }

    [Fact]
    [Requirement("OIDF-18")]
    public async Task Refuses_to_start_logins_over_http()
    {
        var body = DynamicRegistration.Body("code", "authorization_code", ",\"initiate_login_uri\":\"http://suite.example/start\"");

        (await _server.RegisterAsync(body, Suite)).IsRefusal("invalid_client_metadata", HttpStatusCode.BadRequest, body);
    }

    /// <summary>A deployment as the suite wants it: behind TLS, with all that there is.</summary>
    public sealed class Provider() : DocumentServers("ForwardedHeaders:TrustedProxies=127.0.0.1", "PublicBaseUrl=https://as.example");
}
