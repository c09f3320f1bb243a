namespace GrpcDcr.Doors.Tests.Rfc7591;

/// <summary>RFC 7591 sections 2 and 3.1: bodies that are refused, with the error that section 3.2.2 has for them.</summary>
public sealed class RefusedBodiesTests(ServerFixture fixture) : IClassFixture<ServerFixture>
{
    private const string Uri = "invalid_redirect_uri";
    private const string Metadata = "invalid_client_metadata";

    public static TheoryData<string, string, string> Cases { get; } = new()
    {
        { "7591-1.1-01", """{"Redirect_URIs":["https://client.example/cb"]}""", Uri },
        { "7591-1.1-01", With(""" "grant_types":["Authorization_Code"] """), Metadata },
        { "7591-2-02", "{}", Uri },
        { "7591-2-02", """{"redirect_uris":[]}""", Uri },
        { "7591-2-02", """{"redirect_uris":null}""", Uri },
        { "7591-2-02", """{"grant_types":["authorization_code"]}""", Uri },
        { "6749-3.1.2.2-01", """{"token_endpoint_auth_method":"none"}""", Uri },
        { "7591-2-03", """{"redirect_uris":"https://client.example/cb"}""", Uri },
        { "7591-2-03", """{"redirect_uris":[1]}""", Uri },
        { "7591-2-03", """{"redirect_uris":[null]}""", Uri },
        { "7591-2-03", """{"redirect_uris":[["https://x/"]]}""", Uri },
        { "7591-2-03", """{"redirect_uris":{"0":"https://x/"}}""", Uri },
        { "7591-2-03", """{"redirect_uris":[""]}""", Uri },
        { "7591-2-06", With(""" "token_endpoint_auth_method":"foo" """), Metadata },
        { "7591-2-06", With(""" "token_endpoint_auth_method":"https://x.example/method" """), Metadata },
        { "7591-2-09", With(""" "grant_types":["jwt-bearer"] """), Metadata },
        { "7591-2-11", With(""" "grant_types":"authorization_code" """), Metadata },
        { "7591-2-11", With(""" "response_types":1 """), Metadata },
        { "7591-2-11", With(""" "contacts":{"a":"b"} """), Metadata },
        { "7591-2-11", With(""" "contacts":["a",2] """), Metadata },
        { "7591-2-14", With(""" "scope":["a"] """), Metadata },
        { "7591-2-14", With(""" "scope":"a\"b" """), Metadata },
        { "7591-2-14", With(""" "scope":"a\\b" """), Metadata },
        { "7591-2-14", With(""" "scope":"a\tb" """), Metadata },
        { "7591-2-14", With(""" "scope":"\u00e9" """), Metadata },
        { "7591-2-15", With(""" "scope":"openid not-a-scope" """), Metadata },
        { "7591-2-16", With(""" "jwks":"{\"keys\":[]}" """), Metadata },
        { "7591-2-16", With(""" "jwks":{} """), Metadata },
        { "7591-2-16", With(""" "jwks":{"keys":{}} """), Metadata },
        { "7591-2-16", With(""" "jwks":{"keys":[1]} """), Metadata },
        { "7591-2-16", With(""" "jwks":[] """), Metadata },
        { "7591-2-17", With(""" "jwks":{"keys":[{"kty":"EC","crv":"P-256","x":"a","y":"b"}]},"jwks_uri":"https://client.example/jwks" """), Metadata },
        { "OIDR-2-10", With(""" "jwks":{"keys":[{"kty":"oct","k":"c2VjcmV0"}]} """), Metadata },
        { "OIDR-2-10", With(""" "jwks":{"keys":[{"kty":"RSA","n":"a","e":"AQAB","d":"private"}]} """), Metadata },
        { "7591-2-18", With(""" "jwks_uri":"http://client.example/jwks" """), Metadata },
        { "7591-2-18", With(""" "jwks_uri":"file:///jwks" """), Metadata },
        { "7591-2-18", With(""" "jwks_uri":"https://u@client.example/jwks" """), Metadata },
        { "7591-2-18", With(""" "jwks_uri":"https://client.example/jwks#x" """), Metadata },
        { "7591-2.1-03", With(""" "grant_types":["refresh_token"] """), Metadata },
        { "7591-2.2-04", With(""" "logo_uri#fr":"javascript:alert(1)" """), Metadata },
        { "7591-2.2-04", With(""" "client_name#fr":5 """), Metadata },
        { "7591-3.1-01", "", Metadata },
        { "7591-3.1-01", "null", Metadata },
        { "7591-3.1-01", "[]", Metadata },
        { "7591-3.1-01", "\"x\"", Metadata },
        { "7591-3.1-01", "42", Metadata },
        { "7591-3.1-01", "{", Metadata },
        { "7591-3.1-01", "{} {}", Metadata },
        { "7591-3.1-01", """{"redirect_uris":["https://client.example/cb"],}""", Metadata },
        { "7591-3.1-01", """{/* */"redirect_uris":["https://client.example/cb"]}""", Metadata },
        { "OIDR-2-03", With(""" "application_type":"desktop" """), Metadata },
        { "OIDR-2-03", With(""" "application_type":1 """), Metadata },
        { "7591-5-02", """{"redirect_uris":["http://client.example/cb"]}""", Uri },
        { "9700-2.6-01", """{"redirect_uris":["http://10.0.0.1/cb"]}""", Uri },
        { "9700-2.1-02", """{"redirect_uris":["https://*.client.example/cb"]}""", Uri },
        { "9700-2.4-01", With(""" "grant_types":["password"],"response_types":[] """), Metadata },
        { "6749-3.1.2-02", """{"redirect_uris":["https://client.example/cb#f"]}""", Uri },
        { "6749-3.1.2-02", """{"redirect_uris":["https://client.example/cb#"]}""", Uri },
        { "OIDR-2-06", """{"redirect_uris":["https://client.example/cb","http://client.example/cb"]}""", Uri },
        { "6749-A-04", With(""" "grant_types":["a b"] """), Metadata },
        { "6749-A-04", With(""" "response_types":["co-de"] """), Metadata },
        { "8259-01", """{"redirect_uris":["https://a.example/"],"redirect_uris":["https://b.example/"]}""", Metadata },
        { "8259-01", """{"redirect_uris":["https://a.example/"],"\u0072edirect_uris":["https://b.example/"]}""", Metadata },
        { "8259-01", With(""" "jwks":{"keys":[],"keys":[]} """), Metadata },
        { "8259-02", With(""" "client_name":"\ud800" """), Metadata },
        { "8259-02", With(""" "\ud800":"x" """), Metadata },
        { "8259-05", With(""" "client_name":"a\u0000b" """), Metadata },
        { "8259-05", With(""" "software_id":"a\u001fb" """), Metadata },
        { "GR-03", With(""" "grant_types":["authorization_code"],"response_types":["token"] """), Metadata },
        { "GR-04", With(""" "grant_types":["implicit"],"response_types":["code"] """), Metadata },
        { "GR-05", With(""" "grant_types":["implicit"] """), Metadata },
        { "GR-08", With(""" "grant_types":["client_credentials"],"response_types":["code"] """), Metadata },
        { "GR-11", With(""" "grant_types":[],"response_types":[] """), Metadata },
        { "GR-14", With(""" "grant_types":["implicit"],"response_types":["token"] """), Metadata },
    };

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task Refuses(string requirement, string body, string error)
    {
        Assert.NotEmpty(requirement);
        await Oracle.RefusesAsync(fixture.Server, body, error);
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
    [Trait("Requirement", "7591-2-12")]
    public async Task Refuses_a_text_member_of_another_type_and_names_it(string member)
    {
        foreach (var value in new[] { "1", "true", "[]", "{}" })
        {
            var answer = await fixture.Server.RegisterAsync(With($" \"{member}\":{value} "));

            Oracle.IsRefused(answer, System.Net.HttpStatusCode.BadRequest, Metadata);
            Assert.Contains(member, answer.Description, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("client_uri")]
    [InlineData("logo_uri")]
    [InlineData("tos_uri")]
    [InlineData("policy_uri")]
    [Trait("Requirement", "7591-2-13")]
    public async Task Refuses_a_page_that_is_none(string member)
    {
        string[] values =
            ["javascript:alert(1)", "data:image/svg+xml,x", "file:///x", "/rel", "not a url", "ftp://x/", "https://", "https://u:p@x/"];
        foreach (var value in values)
        {
            await Oracle.RefusesAsync(fixture.Server, With($" \"{member}\":\"{value}\" "), Metadata);
        }
    }

    private static string With(string members) => $$"""{"redirect_uris":["https://client.example/cb"],{{members}}}""";
}
