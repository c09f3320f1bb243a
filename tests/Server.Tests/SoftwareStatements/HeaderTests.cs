using GrpcDcr.TestKit.Samples;

namespace GrpcDcr.Server.Tests.SoftwareStatements;

/// <summary>What a header may say, and what it cannot bring about.</summary>
public sealed class HeaderTests
{
    [Theory, Trait("Requirement", "SS-10")]
    [InlineData("\"crit\":[\"exp\"],\"exp\":1")]
    [InlineData("\"crit\":[\"b64\"],\"b64\":false")]
    [InlineData("\"crit\":[]")]
    [InlineData("\"crit\":null")]
    [InlineData("\"b64\":false")]
    [InlineData("\"b64\":true")]
    public async Task Refuses_extensions(string member) =>
        await new Verifying().RefusesAsync(Verifying.Statement(header: $$"""{"alg":"RS256",{{member}}}"""), "no extension is supported");

    [Fact, Trait("Requirement", "SS-11")]
    public async Task Does_not_trust_a_key_that_comes_with_the_statement()
    {
        var jwk = SigningKey.OtherRsa.Jwk();
        foreach (var member in new[]
        {
            $"\"jwk\":{jwk}",
            $"\"jwk\":{jwk},\"kid\":\"rsa\"",
            "\"jku\":\"https://evil.example/jwks.json\"",
            "\"jku\":\"https://issuer.example/jwks.json\"",
            "\"x5u\":\"https://evil.example/chain.pem\"",
            "\"x5c\":[\"MIIB\"]",
            "\"x5t\":\"AAAA\"",
        })
        {
            await new Verifying().RefusesAsync(
                SigningKey.OtherRsa.Jwt($$"""{"alg":"RS256",{{member}}}""", Verifying.Minimum + "}"), "no valid signature");
        }
    }

    /// <summary>A genuine statement may name its key in any way; none of it is followed.</summary>
    [Fact, Trait("Requirement", "SS-11")]
    public async Task Passes_over_other_ways_of_naming_a_key()
    {
        var verifying = new Verifying();
        await verifying.VerifyAsync(Verifying.Statement(
            header: """
                {"alg":"RS256","kid":"rsa","jku":"https://issuer.example/jwks","x5u":"https://issuer.example/x","x5c":["MIIB"],
                 "x5t#S256":"AAAA"}
                """));
        Assert.Empty(verifying.Fetched);
    }

    [Theory, Trait("Requirement", "SS-11")]
    [InlineData("' OR 1=1 --")]
    [InlineData("../../../../etc/passwd")]
    [InlineData("https://evil.example/key")]
    [InlineData("\\u0000")]
    [InlineData("rsa\\u0000")]
    [InlineData("RSA")]
    [InlineData("")]
    public async Task Takes_a_kid_for_a_name_and_nothing_else(string keyId) =>
        await new Verifying().RefusesAsync(Verifying.Statement(header: $$"""{"alg":"RS256","kid":"{{keyId}}"}"""), "no valid signature");

    [Theory]
    [InlineData("1")]
    [InlineData("null")]
    [InlineData("[\"rsa\"]")]
    public async Task Refuses_a_kid_that_is_not_a_string(string keyId) =>
        await new Verifying().RefusesAsync(Verifying.Statement(header: $$"""{"alg":"RS256","kid":{{keyId}}}"""), "kid");

    [Fact]
    public async Task Finds_the_key_of_a_statement_that_does_not_name_it() =>
        await new Verifying().VerifyAsync(Verifying.Statement(header: """{"alg":"RS256"}"""));

    [Theory, Trait("Requirement", "SS-12")]
    [InlineData("\"at+jwt\"")]
    [InlineData("\"application/at+jwt\"")]
    [InlineData("\"logout+jwt\"")]
    [InlineData("\"secevent+jwt\"")]
    [InlineData("\"dpop+jwt\"")]
    [InlineData("\"oauth-authz-req+jwt\"")]
    [InlineData("\"client-authentication+jwt\"")]
    [InlineData("\"entity-statement+jwt\"")]
    [InlineData("\"JOSE\"")]
    [InlineData("\"\"")]
    [InlineData("1")]
    [InlineData("null")]
    public async Task Refuses_other_types_of_jwt(string type) =>
        await new Verifying().RefusesAsync(Verifying.Statement(header: $$"""{"alg":"RS256","typ":{{type}}}"""), "a JWT of another kind");

    [Theory]
    [InlineData("JWT")]
    [InlineData("jwt")]
    [InlineData("application/jwt")]
    public async Task Accepts_the_plain_type(string type) =>
        await new Verifying().VerifyAsync(Verifying.Statement(header: $$"""{"alg":"RS256","typ":"{{type}}"}"""));

    /// <summary>All of the same issuer, by the same key, for this service, and without a type.</summary>
    [Theory, Trait("Requirement", "SS-12")]
    [InlineData("ID token", "\"sub\":\"user\",\"exp\":9999999999,\"iat\":1,\"nonce\":\"n\",\"scope\":\"openid\"")]
    [InlineData("ID token with metadata", "\"sub\":\"user\",\"at_hash\":\"x\",\"client_name\":\"A\"")]
    [InlineData("logout token", "\"sub\":\"user\",\"jti\":\"1\",\"events\":{\"http://schemas.openid.net/event/backchannel-logout\":{}}")]
    [InlineData("client assertion", "\"sub\":\"https://issuer.example\",\"jti\":\"1\",\"exp\":9999999999")]
    [InlineData("access token", "\"sub\":\"user\",\"client_id\":\"c\",\"jti\":\"1\",\"exp\":9999999999,\"scope\":\"email\"")]
    [InlineData("access token with a member of the deployment's own", "\"sub\":\"user\",\"client_id\":\"c\",\"org_id\":\"1\"")]
    [InlineData("DPoP proof", "\"htm\":\"POST\",\"htu\":\"https://as.example/\",\"client_name\":\"A\"")]
    public async Task Refuses_what_else_the_issuer_signs(string kind, string claims)
    {
        var token = SigningKey.Rsa.Jwt(
            """{"alg":"RS256"}""", $$"""{"iss":"https://issuer.example","aud":"https://as.example",{{claims}}}""");
        Assert.NotEmpty(kind);
        await new Verifying().RefusesAsync(token, "software_statement");
    }
}
