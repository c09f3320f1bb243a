using System.Text;
using GrpcDcr.Server.Fetching;
using GrpcDcr.Server.SoftwareStatements;
using GrpcDcr.TestKit.Samples;

namespace GrpcDcr.Server.Tests.SoftwareStatements;

/// <summary>Keys that an issuer publishes.</summary>
public sealed class PublishedKeysTests
{
    private const string Uri = "https://issuer.example/jwks.json";

    private readonly Verifying _verifying = new(issuer => (issuer.Jwks, issuer.JwksUri) = ("", Uri));

    [Fact]
    public async Task Verifies_with_the_keys_that_are_published_now()
    {
        Publish(SigningKey.OtherRsa.Jwk("\"kid\":\"rsa\","));
        Assert.IsType<SoftwareStatementVerdict.Refused>(await _verifying.VerdictOfAsync(Verifying.Statement()));
        Publish(SigningKey.Rsa.Jwk("\"kid\":\"rsa\","));
        await _verifying.VerifyAsync(Verifying.Statement());
        await _verifying.VerifyAsync(Verifying.Statement());
        Assert.Equal([Uri, Uri, Uri], _verifying.Fetched);
        Publish();
        Assert.IsType<SoftwareStatementVerdict.Refused>(await _verifying.VerdictOfAsync(Verifying.Statement()));
    }

    [Theory]
    [InlineData("")]
    [InlineData("<html>")]
    [InlineData("{}")]
    [InlineData("{\"keys\":{}}")]
    [InlineData("{\"keys\":[],\"keys\":[]}")]
    public async Task Says_nothing_of_a_statement_while_the_keys_cannot_be_read(string document)
    {
        _verifying.Document = document.Length == 0
            ? FetchedDocument.Failed("did not answer within 5 seconds")
            : new FetchedDocument(Encoding.UTF8.GetBytes(document), null);
        Assert.IsType<SoftwareStatementVerdict.KeysUnavailable>(await _verifying.VerdictOfAsync(Verifying.Statement()));
        Assert.IsType<SoftwareStatementVerdict.KeysUnavailable>(await _verifying.VerdictOfAsync(Verifying.Statement()));
        Assert.Contains(
            _verifying.Log,
            line => line.StartsWith("STATEMENT_KEYS_UNAVAILABLE https://issuer.example/jwks.json ", StringComparison.Ordinal));
        Assert.Equal(
            document.Length == 0 ? 0 : 2,
            _verifying.Rejected.Count(rejected => rejected == $"{Uri} is not a JWK Set (RFC 7517 section 5)"));
        Publish(SigningKey.Rsa.Jwk());
        await _verifying.VerifyAsync(Verifying.Statement());
    }

    /// <summary>Bad shapes, unknown issuers and unknown algorithms are told apart without the issuer's keys.</summary>
    [Theory, Trait("Requirement", "SS-11")]
    [InlineData("""{"alg":"none"}""", """{"iss":"https://issuer.example","software_id":"a"}""")]
    [InlineData("""{"alg":"HS256"}""", """{"iss":"https://issuer.example","software_id":"a"}""")]
    [InlineData("""{"alg":"RS256","crit":["x"]}""", """{"iss":"https://issuer.example","software_id":"a"}""")]
    [InlineData("""{"alg":"RS256","jku":"https://evil.example"}""", """{"iss":"https://evil.example","software_id":"a"}""")]
    [InlineData("""{"alg":"RS256"}""", """{"software_id":"a","jwks_uri":"https://evil.example"}""")]
    public async Task Asks_for_no_keys_without_need(string header, string claims) => await _verifying.RefusesAsync(
        SigningKey.Rsa.Jwt(Encoding.UTF8.GetBytes(header), Encoding.UTF8.GetBytes(claims), "RS256"), "software_statement");

    [Fact, Trait("Requirement", "SS-11")]
    public async Task Asks_nobody_but_the_issuer_at_its_configured_place()
    {
        Publish(SigningKey.Rsa.Jwk());
        await _verifying.VerifyAsync(Verifying.Statement(
            ",\"jwks_uri\":\"https://client.example/k\",\"software_jwks_uri\":\"https://x.example\"",
            """{"alg":"RS256","jku":"https://evil.example/k","x5u":"https://evil.example/x","kid":"https://evil.example/kid"}"""));
        Assert.Equal([Uri], _verifying.Fetched);
    }

    [Fact, Trait("Requirement", "SS-21")]
    public async Task Passes_over_published_keys_that_are_too_weak()
    {
        var weak = SigningKey.NewRsa(1024);
        Publish(weak.Jwk("\"kid\":\"weak\","), SigningKey.Rsa.Jwk("\"kid\":\"rsa\","));
        var statement = weak.Jwt("""{"alg":"RS256","kid":"weak"}""", Verifying.Minimum + "}");
        Assert.IsType<SoftwareStatementVerdict.Refused>(await _verifying.VerdictOfAsync(statement));
        Assert.IsType<SoftwareStatementVerdict.Refused>(
            await _verifying.VerdictOfAsync(weak.Jwt("""{"alg":"RS256"}""", Verifying.Minimum + "}")));
        await _verifying.VerifyAsync(Verifying.Statement());
        Assert.Single(
            _verifying.Log, line => line == $"Ignored keys of {Uri}: keys[0] is an RSA key of 1024 bits; allowed are 2048 to 16384");
    }

    private void Publish(params string[] jwks) =>
        _verifying.Document = new FetchedDocument(Encoding.UTF8.GetBytes(SigningKey.Set(jwks)), null);
}
