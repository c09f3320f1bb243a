using System.Globalization;
using System.Text.RegularExpressions;
using GrpcDcr.TestKit.Samples;

namespace GrpcDcr.Server.Tests.SoftwareStatements;

/// <summary>What a statement with a good signature must fulfil besides.</summary>
public sealed partial class ConditionTests
{
    [Theory, Trait("Requirement", "SS-04"), Trait("Requirement", "SS-06")]
    [InlineData("{\"software_id\":\"a\"}")]
    [InlineData("{\"iss\":null,\"software_id\":\"a\"}")]
    [InlineData("{\"iss\":1,\"software_id\":\"a\"}")]
    [InlineData("{\"iss\":[\"https://issuer.example\"],\"software_id\":\"a\"}")]
    [InlineData("{\"iss\":\"\",\"software_id\":\"a\"}")]
    [InlineData("{\"iss\":\"https://unknown.example\",\"software_id\":\"a\"}")]
    [InlineData("{\"iss\":\"https://issuer.example/\",\"software_id\":\"a\"}")]
    [InlineData("{\"iss\":\"https://ISSUER.example\",\"software_id\":\"a\"}")]
    public async Task Refuses_an_issuer_that_is_missing_or_not_trusted(string claims) =>
        await new Verifying().RefusesAsync(SigningKey.Rsa.Jwt("""{"alg":"RS256"}""", claims), "no iss of a trusted issuer");

    /// <summary>NOW is the time by our clock; the skew is 60 seconds.</summary>
    [Theory, Trait("Requirement", "SS-08")]
    [InlineData("\"exp\":NOW-600", "expired")]
    [InlineData("\"exp\":NOW-60", "expired")]
    [InlineData("\"exp\":0", "expired")]
    [InlineData("\"nbf\":NOW+600", "cannot be used yet")]
    [InlineData("\"nbf\":NOW+61", "cannot be used yet")]
    [InlineData("\"exp\":\"x\"", "number of seconds")]
    [InlineData("\"exp\":\"9999999999\"", "number of seconds")]
    [InlineData("\"exp\":1e400", "number of seconds")]
    [InlineData("\"exp\":1e300", "number of seconds")]
    [InlineData("\"exp\":9999999999999", "number of seconds")]
    [InlineData("\"exp\":-1", "number of seconds")]
    [InlineData("\"exp\":null", "number of seconds")]
    [InlineData("\"exp\":true", "number of seconds")]
    [InlineData("\"nbf\":\"x\"", "number of seconds")]
    [InlineData("\"nbf\":-1e400", "number of seconds")]
    [InlineData("\"nbf\":[1]", "number of seconds")]
    [InlineData("\"iat\":\"2026-05-01\"", "number of seconds")]
    public async Task Refuses_a_statement_out_of_its_time(string claim, string because)
    {
        var verifying = new Verifying();
        await verifying.RefusesAsync(Verifying.Statement("," + At(claim, verifying.Now)), because);
    }

    [Theory, Trait("Requirement", "SS-08")]
    [InlineData("\"exp\":NOW-59")]
    [InlineData("\"exp\":NOW+1")]
    [InlineData("\"exp\":9999999999.5")]
    [InlineData("\"exp\":2e9")]
    [InlineData("\"nbf\":NOW+60")]
    [InlineData("\"nbf\":0,\"iat\":NOW+9999,\"exp\":NOW+1")]
    public async Task Accepts_a_statement_within_its_time(string claims)
    {
        var verifying = new Verifying();
        await verifying.VerifyAsync(Verifying.Statement("," + At(claims, verifying.Now)));
    }

    [Theory, Trait("Requirement", "SS-09")]
    [InlineData("\"https://other.example\"")]
    [InlineData("\"https://as.example/oauth/register\"")]
    [InlineData("\"HTTPS://as.example\"")]
    [InlineData("[\"https://other.example\",1,null]")]
    [InlineData("[[\"https://as.example\"]]")]
    [InlineData("[]")]
    [InlineData("null")]
    [InlineData("1")]
    public async Task Refuses_a_statement_for_others(string audience) =>
        await new Verifying().RefusesAsync(Verifying.Statement($",\"aud\":{audience}"), "not meant for this service");

    [Theory, Trait("Requirement", "SS-09")]
    [InlineData("\"https://as.example\"")]
    [InlineData("\"https://as.example/\"")]
    [InlineData("[\"https://other.example\",\"https://as.example\"]")]
    public async Task Accepts_a_statement_for_this_service(string audience) =>
        await new Verifying().VerifyAsync(Verifying.Statement($",\"aud\":{audience}"));

    [Theory, Trait("Requirement", "SS-24"), Trait("Requirement", "BR-02")]
    [InlineData("\"iat\":NOW-360", "too old; it may be used for 300 seconds")]
    [InlineData("\"iat\":NOW-301", "too old")]
    [InlineData("\"iat\":NOW+61", "in the future")]
    [InlineData("\"exp\":NOW+300", "no claim iat")]
    public async Task Refuses_a_statement_older_than_its_issuer_allows(string claim, string because)
    {
        var verifying = new Verifying(issuer => issuer.MaxAgeSeconds = 300);
        await verifying.VerifyAsync(Verifying.Statement(At(",\"iat\":NOW-300", verifying.Now)));
        await verifying.VerifyAsync(Verifying.Statement(At(",\"iat\":NOW+60", verifying.Now)));
        await verifying.RefusesAsync(Verifying.Statement("," + At(claim, verifying.Now)), because);
    }

    [Theory, Trait("Requirement", "SS-24")]
    [InlineData("\"jti\":\"1\"")]
    [InlineData("\"exp\":9999999999")]
    [InlineData("\"jti\":\"\",\"exp\":9999999999")]
    [InlineData("\"jti\":1,\"exp\":9999999999")]
    [InlineData("\"jti\":null,\"exp\":9999999999")]
    public async Task Refuses_a_statement_for_one_use_that_cannot_be_remembered(string claims) =>
        await new Verifying(issuer => issuer.OneUse = true).RefusesAsync(Verifying.Statement("," + claims), "jti");

    [Fact, Trait("Requirement", "SS-24")]
    public async Task Says_how_the_use_is_remembered()
    {
        var verifying = new Verifying(issuer => issuer.OneUse = true);
        var statement = await verifying.VerifyAsync(Verifying.Statement($",\"jti\":\"one\",\"exp\":{verifying.Now + 300}"));
        Assert.True(statement.Use!.Key.Matches("https://issuer.example\none"));
        Assert.Equal(verifying.Time.GetUtcNow().AddSeconds(360), statement.Use.Until);

        var last = await verifying.VerifyAsync(Verifying.Statement(",\"jti\":\"one\",\"exp\":253402214400"));
        Assert.Equal(9999, last.Use!.Until.Year);
        Assert.Null((await new Verifying().VerifyAsync(Verifying.Statement(",\"jti\":\"one\",\"exp\":9999999999"))).Use);
    }

    [Fact]
    public async Task Wants_the_claims_that_are_configured()
    {
        var verifying = new Verifying(issuer => issuer.RequiredClaims = "org_id software_roles");
        await verifying.RefusesAsync(Verifying.Statement(",\"org_id\":\"1\""), "no claim software_roles");
        await verifying.RefusesAsync(Verifying.Statement(",\"org_id\":\"1\",\"software_roles\":null"), "no claim software_roles");
        await verifying.VerifyAsync(Verifying.Statement(",\"org_id\":\"1\",\"software_roles\":[]"));
    }

    private static string At(string claims, long now) => Shift().Replace(
        claims, shift => (now + long.Parse(shift.Groups[1].Value, CultureInfo.InvariantCulture)).ToString(CultureInfo.InvariantCulture));

    [GeneratedRegex(@"NOW([+-]\d+)")]
    private static partial Regex Shift();
}
