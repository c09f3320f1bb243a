using System.Globalization;
using GrpcDcr.Server.SoftwareStatements;
using GrpcDcr.TestKit.Samples;

namespace GrpcDcr.Server.Tests.SoftwareStatements;

/// <summary>Settings that stop the start, and what is said of them.</summary>
public sealed class StatementOptionsTests
{
    [Theory]
    [InlineData(nameof(SoftwareStatementOptions.MaxLength), 1024, 32768)]
    [InlineData(nameof(SoftwareStatementOptions.ClockSkewSeconds), 0, 600)]
    public void Numbers_have_a_range(string setting, int least, int most)
    {
        Assert.Empty(SoftwareStatementOptionsValidator.Validate(new SoftwareStatementOptions()));
        foreach (
            var (value, isRight) in new[] { (least, true), (most, true), (least - 1, false), (most + 1, false), (int.MinValue, false) })
        {
            var options = new SoftwareStatementOptions();
            typeof(SoftwareStatementOptions).GetProperty(setting)!.SetValue(options, value);
            var failures = SoftwareStatementOptionsValidator.Validate(options).ConvertAll(problem => problem.ToString());
            Assert.Equal((value, isRight), (value, failures.Count == 0));
            var wanted = string.Create(
                CultureInfo.InvariantCulture, $"SoftwareStatements:{setting} is '{value}'. Allowed: {least} to {most}.");
            Assert.All(failures, failure => Assert.Equal(wanted, failure));
        }
    }

    [Theory]
    [InlineData(nameof(SoftwareStatementIssuerOptions.Issuer), "", "", "iss of the issuer")]
    [InlineData(nameof(SoftwareStatementIssuerOptions.Issuer), " ", " ", "iss of the issuer")]
    [InlineData(nameof(SoftwareStatementIssuerOptions.Algorithms), "RS256 none", "none", "RS256, RS384")]
    [InlineData(nameof(SoftwareStatementIssuerOptions.Algorithms), "HS256 RS256", "HS256", "RS256, RS384")]
    [InlineData(nameof(SoftwareStatementIssuerOptions.Algorithms), "RS256 EdDSA", "EdDSA", "RS256, RS384")]
    [InlineData(nameof(SoftwareStatementIssuerOptions.Algorithms), "RS256 rs256", "rs256", "RS256, RS384")]
    [InlineData(nameof(SoftwareStatementIssuerOptions.Algorithms), "", "", "one or more of")]
    [InlineData(nameof(SoftwareStatementIssuerOptions.RequiredClaims), "org_id a\"b", "a\"b", "printable ASCII")]
    [InlineData(nameof(SoftwareStatementIssuerOptions.ClaimNames), "redirect_uris", "redirect_uris", "an equals sign")]
    [InlineData(nameof(SoftwareStatementIssuerOptions.ClaimNames), "redirect_uris=", "redirect_uris=", "an equals sign")]
    [InlineData(nameof(SoftwareStatementIssuerOptions.ClaimNames), "nothing=software_name", "nothing=software_name", "an equals sign")]
    [InlineData(
        nameof(SoftwareStatementIssuerOptions.ClaimNames), "client_name=software_id", "client_name=software_id",
        "do not have the name of a metadata member")]
    [InlineData(nameof(SoftwareStatementIssuerOptions.ClaimNames), "client_name=a client_name=b", "client_name", "once")]
    [InlineData(nameof(SoftwareStatementIssuerOptions.ClaimNames), "client_name=a logo_uri=a", "a", "once")]
    [InlineData(nameof(SoftwareStatementIssuerOptions.MaxAgeSeconds), -1, "-1", "0 to 31536000")]
    [InlineData(nameof(SoftwareStatementIssuerOptions.MaxAgeSeconds), 31536001, "31536001", "0 to 31536000")]
    [InlineData(nameof(SoftwareStatementIssuerOptions.Scopes), "email caf\u00e9", "caf\u00e9", "printable ASCII")]
    [InlineData(nameof(SoftwareStatementIssuerOptions.GrantTypes), "authorization_code password", "password", "client_credentials")]
    [InlineData(nameof(SoftwareStatementIssuerOptions.RedirectHosts), "app.example *", "*", "*.app.example")]
    [InlineData(nameof(SoftwareStatementIssuerOptions.RedirectHosts), "https://app.example", "https://app.example", "*.app.example")]
    [InlineData(nameof(SoftwareStatementIssuerOptions.RedirectHosts), "a.*.example", "a.*.example", "*.app.example")]
    [InlineData(nameof(SoftwareStatementIssuerOptions.RedirectHosts), "*.[::1]", "*.[::1]", "*.app.example")]
    [InlineData(nameof(SoftwareStatementIssuerOptions.RefusedMembers), "jwks nothing", "nothing", "name of a metadata member")]
    [InlineData(nameof(SoftwareStatementIssuerOptions.RequiredMembers), "client_id", "client_id", "name of a metadata member")]
    [InlineData(nameof(SoftwareStatementIssuerOptions.RedirectUris), (RedirectUriPrecedence)7, "7", "Replace, Subset")]
    [InlineData(
        nameof(SoftwareStatementIssuerOptions.JwksUri), "https://issuer.example/jwks", "https://issuer.example/jwks", "Jwks is set too")]
    public void Names_key_value_and_what_is_allowed(string setting, object value, string wrong, string allowed)
    {
        var options = Verifying.Trusted();
        typeof(SoftwareStatementIssuerOptions).GetProperty(setting)!.SetValue(options, value);
        Assert.Contains(Failures(options), failure =>
            failure.StartsWith($"SoftwareStatements:Issuers:bank:{setting} is '{wrong}'.", StringComparison.Ordinal)
            && failure.Contains(allowed, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("http://issuer.example/jwks")]
    [InlineData("https://issuer.example/jwks#keys")]
    [InlineData("https://user@issuer.example/jwks")]
    [InlineData("https:///jwks")]
    [InlineData("https://issuer.example/ jwks")]
    [InlineData("issuer.example/jwks")]
    [InlineData("file:///etc/jwks.json")]
    public void Keys_are_published_at_an_https_uri(string uri) => Assert.Equal(
        $"SoftwareStatements:Issuers:bank:JwksUri is '{uri}'. Allowed: an https URI without fragment, such as "
            + $"https://issuer.example/jwks.json.",
        Assert.Single(Failures(new SoftwareStatementIssuerOptions { Issuer = "x", JwksUri = uri })));

    [Fact]
    public void Keys_are_somewhere() => Assert.Contains(
        "exactly one of Jwks, JwksFile and JwksUri", Assert.Single(
            Failures(new SoftwareStatementIssuerOptions { Issuer = "x" })), StringComparison.Ordinal);

    [Fact]
    public void Keys_may_stand_in_a_file()
    {
        var path = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());
        var options = new SoftwareStatementIssuerOptions { Issuer = "x", JwksFile = path };
        Assert.Contains($"a readable file, not '{path}'", Assert.Single(Failures(options)), StringComparison.Ordinal);
        try
        {
            File.WriteAllText(path, SigningKey.Set(SigningKey.Rsa.Jwk()));
            Assert.Empty(Failures(options));
        }
        finally
        {
            File.Delete(path);
        }
    }

    [Theory]
    [InlineData("no JSON", "a JWK Set (RFC 7517 section 5)")]
    [InlineData("[]", "a JWK Set (RFC 7517 section 5)")]
    [InlineData("""{"keys":[]}""", "a key for one of the Algorithms RS256 PS256 ES256")]
    [InlineData("""{"keys":[{"kty":"OKP","crv":"Ed25519","x":"AQAB"}]}""", "a key for one of the Algorithms")]
    [InlineData("""{"keys":[{"kty":"oct","k":"top-secret"}]}""", "keys[0] is a symmetric key")]
    [InlineData("""{"keys":[{"kty":"EC","d":"top-secret"}]}""", "keys[0] has private key material")]
    [InlineData("""{"keys":[{"kty":"RSA","n":"AQAB","e":"AQAB"}]}""", "keys[0] is an RSA key of 17 bits; allowed are 2048")]
    public void Keys_that_are_wrong_stop_the_start_and_are_not_repeated(string jwks, string because)
    {
        var failure = Assert.Single(Failures(new SoftwareStatementIssuerOptions { Issuer = "x", Jwks = jwks }));
        Assert.StartsWith("SoftwareStatements:Issuers:bank:Jwks is not acceptable. Allowed: ", failure, StringComparison.Ordinal);
        Assert.Contains(because, failure, StringComparison.Ordinal);
        Assert.DoesNotContain("top-secret", failure, StringComparison.Ordinal);
    }

    [Fact]
    public void Finds_every_problem_at_once() =>
        Assert.Equal(4, Failures(new SoftwareStatementIssuerOptions { Algorithms = "none", MaxAgeSeconds = -1, Jwks = "x" }).Count);

    [Fact]
    public void Each_issuer_stands_there_once()
    {
        var (one, other) = (new SoftwareStatementIssuerOptions { Issuer = "x" }, new SoftwareStatementIssuerOptions { Issuer = "y" });
        Assert.Empty(
            SoftwareStatementIssuerOptionsValidator.Duplicates(
                new Dictionary<string, SoftwareStatementIssuerOptions> { ["a"] = one, ["b"] = other }));
        Assert.Equal(
            ["SoftwareStatements:Issuers:b:Issuer is 'x'. Allowed: an issuer other than that of SoftwareStatements:Issuers:a."],
            SoftwareStatementIssuerOptionsValidator.Duplicates(
                new Dictionary<string, SoftwareStatementIssuerOptions> { ["a"] = one, ["b"] = one }).Select(problem => problem.ToString()));
    }

    private static List<string> Failures(SoftwareStatementIssuerOptions options) =>
        [.. SoftwareStatementIssuerOptionsValidator.Validate("bank", options).Select(problem => problem.ToString())];
}
