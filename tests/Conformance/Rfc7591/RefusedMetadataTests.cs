using GrpcDcr.Doors.Tests.Support;

namespace GrpcDcr.Conformance.Tests.Rfc7591;

/// <summary>RFC 7591 section 2: values that are refused, each with the error of section 3.2.2 and nothing left behind.</summary>
public sealed class RefusedMetadataTests(OpenServer shared) : IClassFixture<OpenServer>
{
    private const string RedirectUri = "invalid_redirect_uri";
    private const string Metadata = "invalid_client_metadata";

    private readonly RunningServer server = shared.Server;

    [Theory]
    [InlineData("7591-1.1-01", """{"Redirect_URIs":["https://client.example/cb"]}""")]
    [InlineData("7591-2-02", "{}")]
    [InlineData("7591-2-02", """{"redirect_uris":[]}""")]
    [InlineData("7591-2-02", """{"redirect_uris":null}""")]
    [InlineData("7591-2-02", """{"grant_types":["authorization_code"]}""")]
    [InlineData("6749-3.1.2.2-01", """{"token_endpoint_auth_method":"none"}""")]
    [InlineData("OIDR-2-01", """{"client_name":"x"}""")]
    [InlineData("7591-2-03", """{"redirect_uris":"https://client.example/cb"}""")]
    [InlineData("7591-2-03", """{"redirect_uris":[1]}""")]
    [InlineData("7591-2-03", """{"redirect_uris":[null]}""")]
    [InlineData("7591-2-03", """{"redirect_uris":[["https://x/"]]}""")]
    [InlineData("7591-2-03", """{"redirect_uris":{"0":"https://x/"}}""")]
    [InlineData("7591-2-03", """{"redirect_uris":[""]}""")]
    [InlineData("7591-2-03", """{"redirect_uris":true}""")]
    [InlineData("7591-5-02", """{"redirect_uris":["http://client.example/cb"]}""")]
    [InlineData("9700-2.6-01", """{"redirect_uris":["http://10.0.0.1/cb"]}""")]
    [InlineData("MCP-0326-03", """{"redirect_uris":["http://evil.example/cb"]}""")]
    [InlineData("OIDR-2-06", """{"redirect_uris":["https://client.example/cb","http://client.example/cb"]}""")]
    [InlineData("OIDR-2-05", """{"redirect_uris":["http://192.168.1.5/cb"],"application_type":"native"}""")]
    [InlineData("6749-3.1.2-02", """{"redirect_uris":["https://client.example/cb#"]}""")]
    [InlineData("7591-2.2-05", """{"redirect_uris#en":["https://evil.example/"]}""")]
    public Task Refuses_redirect_uris(string requirement, string body) => RefusedAsync(RedirectUri, requirement, body);

    [Theory]
    [InlineData("7591-1.1-01", "\"grant_types\":[\"Authorization_Code\"]")]
    [InlineData("7591-2-06", "\"token_endpoint_auth_method\":\"foo\"")]
    [InlineData("7591-2-06", "\"token_endpoint_auth_method\":\"https://x.example/method\"")]
    [InlineData("7591-2-06", "\"token_endpoint_auth_method\":\"None\"")]
    [InlineData("9700-2.5-01", "\"token_endpoint_auth_method\":\"private_key_jwt\",\"jwks_uri\":\"https://client.example/jwks\"")]
    [InlineData("7591-2-09", "\"grant_types\":[\"jwt-bearer\"]")]
    [InlineData("7591-2-09", "\"grant_types\":[\"urn:ietf:params:oauth:grant-type:saml2-bearer\"]")]
    [InlineData("7591-2-14", "\"scope\":\"a\\\"b\"")]
    [InlineData("7591-2-14", "\"scope\":\"a\\\\b\"")]
    [InlineData("7591-2-14", "\"scope\":\"email\\tprofile\"")]
    [InlineData("7591-2-14", "\"scope\":\"\u00e9\"")]
    [InlineData("7591-2-15", "\"scope\":\"openid not-a-scope\"")]
    [InlineData("7591-2-16", "\"jwks\":\"{\\\"keys\\\":[]}\"")]
    [InlineData("7591-2-16", "\"jwks\":{}")]
    [InlineData("7591-2-16", "\"jwks\":{\"keys\":{}}")]
    [InlineData("7591-2-16", "\"jwks\":{\"keys\":[1]}")]
    [InlineData("7591-2-16", "\"jwks\":[]")]
    [InlineData("7591-2-17", "\"jwks\":{\"keys\":[]},\"jwks_uri\":\"https://client.example/jwks\"")]
    [InlineData("7591-2-18", "\"jwks_uri\":\"not a url\"")]
    [InlineData("7591-2-18", "\"jwks_uri\":\"/jwks\"")]
    [InlineData("7591-2-18", "\"jwks_uri\":\"http://client.example/jwks\"")]
    [InlineData("7591-2-18", "\"jwks_uri\":\"file:///jwks\"")]
    [InlineData("7591-2-18", "\"jwks_uri\":\"https://u:p@client.example/jwks\"")]
    [InlineData("7591-2-18", "\"jwks_uri\":\"https://client.example/jwks#k\"")]
    [InlineData("OIDR-2-09", "\"jwks_uri\":\"http://client.example/jwks\"")]
    [InlineData("OIDR-2-09", "\"jwks_uri\":\"http://127.0.0.1/jwks\"")]
    [InlineData("OIDR-2-10", "\"jwks\":{\"keys\":[{\"kty\":\"oct\",\"k\":\"c2VjcmV0\"}]}")]
    [InlineData("OIDR-2-10", "\"jwks\":{\"keys\":[{\"kty\":\"EC\",\"crv\":\"P-256\",\"x\":\"AQ\",\"y\":\"Ag\",\"d\":\"Aw\"}]}")]
    [InlineData("OIDR-2-03", "\"application_type\":\"desktop\"")]
    [InlineData("OIDR-2-03", "\"application_type\":1")]
    [InlineData("6749-A-04", "\"grant_types\":[\"a b\"]")]
    [InlineData("6749-A-04", "\"response_types\":[\"co-de\"]")]
    [InlineData("7591-5-06", "\"client_name\":\"Go\\u200bogle\"")]
    [InlineData("7591-5-06", "\"client_name\":\"\\u202eelgooG\"")]
    [InlineData("7591-2.2-04", "\"client_name#fr\":\"Go\\u200bogle\"")]
    [InlineData("8259-05", "\"client_name\":\"a\\u0000b\"")]
    [InlineData("8259-05", "\"software_id\":\"a\\nb\"")]
    [InlineData("8259-05", "\"contacts\":[\"a\\rb\"]")]
    public Task Refuses_other_metadata(string requirement, string members) => RefusedAsync(Metadata, requirement, Bodies.With(members));

    [Theory]
    [InlineData("grant_types")]
    [InlineData("response_types")]
    [InlineData("contacts")]
    [Requirement("7591-2-11")]
    public async Task Refuses_lists_that_are_no_arrays_of_strings(string member)
    {
        foreach (var value in new[] { "\"x\"", "1", "{}", "true", "[1]", "[null]", "[[]]", "[\"code\",{}]" })
        {
            await RefusedAsync(Metadata, member, Bodies.With($"\"{member}\":{value}"));
        }
    }

    [Theory]
    [InlineData("client_name")]
    [InlineData("client_uri")]
    [InlineData("logo_uri")]
    [InlineData("tos_uri")]
    [InlineData("policy_uri")]
    [InlineData("scope")]
    [InlineData("jwks_uri")]
    [InlineData("software_id")]
    [InlineData("software_version")]
    [InlineData("token_endpoint_auth_method")]
    [Requirement("7591-2-12")]
    public async Task Refuses_text_that_is_no_string_and_names_the_member(string member)
    {
        foreach (var value in new[] { "1", "[]", "[\"x\"]", "{}", "true", "1.5e3" })
        {
            var refusal = await RefusedAsync(Metadata, member, Bodies.With($"\"{member}\":{value}"));
            Assert.Contains(member, refusal.Description, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("client_uri")]
    [InlineData("logo_uri")]
    [InlineData("tos_uri")]
    [InlineData("policy_uri")]
    [InlineData("logo_uri#fr")]
    [InlineData("client_uri#pt-BR")]
    [Requirement("7591-2-13")]
    [Requirement("7591-2.2-04")]
    public async Task Refuses_pages_that_no_browser_should_open(string member)
    {
        string[] values =
        [
            "javascript:alert(1)", "data:image/svg+xml,x", "file:///x", "/rel", "not a url", "ftp://x/", "https://", "https://u:p@x/",
            "vbscript:x", "//client.example/", "https:client.example", "JavaScript:alert(1)",
        ];
        foreach (var value in values)
        {
            await RefusedAsync(Metadata, member, Bodies.With($"\"{member}\":\"{value}\""));
        }
    }

    [Fact]
    [Requirement("7591-2.1-03")]
    public Task Refuses_refresh_tokens_that_nothing_could_issue() =>
        RefusedAsync(Metadata, "7591-2.1-03", Bodies.With("\"grant_types\":[\"refresh_token\"]"));

    [Theory]
    [InlineData("https://client.example/\u202e\\\"<script>alert(1)</script>")]
    [InlineData("java\\u0000script:\\u00e9\\n\\\\")]
    [Requirement("7591-3.2.2-02")]
    [Requirement("6749-A-07")]
    public async Task Quotes_nothing_dangerous_in_a_description(string uri)
    {
        var refusal = await RefusedAsync(RedirectUri, uri, Bodies.Redirecting($"\"{uri}\""));

        Assert.DoesNotContain('<', refusal.Description!);
        Assert.True(System.Text.Ascii.IsValid(refusal.Body));
    }

    [Fact]
    [Requirement("OIDR-2-10")]
    [Requirement("7591-6-01")]
    public async Task Repeats_neither_key_material_nor_contacts()
    {
        var keys = await RefusedAsync(
            Metadata, "OIDR-2-10", Bodies.With("\"jwks\":{\"keys\":[{\"kty\":\"EC\",\"d\":\"very-private-number\"}]}"));
        var contacts = await RefusedAsync(Metadata, "7591-6-01", Bodies.With("\"contacts\":[\"alice@person.example\\u0001\"]"));

        Assert.DoesNotContain("very-private-number", keys.Body, StringComparison.Ordinal);
        Assert.DoesNotContain("alice", contacts.Body, StringComparison.Ordinal);
        Assert.DoesNotContain(server.Log.All, line => line.Contains("very-private-number", StringComparison.Ordinal));
        Assert.DoesNotContain(server.Log.All, line => line.Contains("alice", StringComparison.Ordinal));
    }

    private async Task<Answer> RefusedAsync(string error, string context, string body)
    {
        var refusal = await server.RefusedAsync(error, body);
        Assert.True(refusal.Description is not null, context);
        return refusal;
    }
}
