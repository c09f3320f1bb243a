using System.Text;
using System.Text.Json;
using GrpcDcr.Server.SoftwareStatements;
using GrpcDcr.TestKit.Samples;

namespace GrpcDcr.Server.Tests.SoftwareStatements;

/// <summary>Which keys an issuer may have.</summary>
public sealed class IssuerKeyTests
{
    [Fact, Trait("Requirement", "SS-21")]
    public void Refuses_an_rsa_key_that_is_too_short()
    {
        Assert.Null(IssuerKey.Read(JsonElement.Parse(SigningKey.NewRsa(1024).Jwk()), out var fault));
        Assert.Equal("is an RSA key of 1024 bits; allowed are 2048 to 16384", fault);
    }

    /// <summary>Zeros in front make a number no larger.</summary>
    [Fact, Trait("Requirement", "SS-21")]
    public void Counts_bits_and_not_octets()
    {
        var modulus = new byte[256];
        modulus.AsSpan(128).Fill(0xFF);
        Assert.Null(
            IssuerKey.Read(JsonElement.Parse($$"""{"kty":"RSA","n":"{{SigningKey.Encode(modulus)}}","e":"AQAB"}"""), out var fault));
        Assert.Contains("is an RSA key of 1024 bits", fault, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"kty":"RSA","e":"AQAB"}""", "n or e")]
    [InlineData("""{"kty":"RSA","n":"","e":"AQAB"}""", "n or e")]
    [InlineData("""{"kty":"RSA","n":"AQAB=","e":"AQAB"}""", "n or e")]
    [InlineData("""{"kty":"RSA","n":1,"e":"AQAB"}""", "a member n that is not a string")]
    [InlineData("""{"kty":"RSA","n":"AQAB","e":"AQAB","kid":1}""", "a member kid that is not a string")]
    [InlineData("""{"kty":"EC","crv":"P-256","x":"AQAB","y":"AQAB"}""", "point")]
    [InlineData("""{"kty":"EC","crv":"P-256"}""", "point")]
    [InlineData("""{"kty":"oct","k":"AQAB"}""", "symmetric")]
    [InlineData("""{"kty":"EC","crv":"P-256","x":"AQAB","y":"AQAB","d":"AQAB"}""", "private")]
    [InlineData("""{"crv":"P-256"}""", "kty")]
    [InlineData("[]", "not an object")]
    public void Refuses_keys_that_are_no_public_keys(string jwk, string because)
    {
        Assert.Null(IssuerKey.Read(JsonElement.Parse(jwk), out var fault));
        Assert.Contains(because, fault, StringComparison.Ordinal);
        Assert.DoesNotContain("AQAB", fault, StringComparison.Ordinal);
    }

    /// <summary>With an exponent of 1 every signature is its own proof.</summary>
    [Theory]
    [InlineData("AQ")]
    [InlineData("Ag")]
    [InlineData("AA")]
    [InlineData("AQAAAAAAAAAB")]
    public void Refuses_an_exponent_that_no_key_has(string exponent)
    {
        var jwk = SigningKey.Rsa.Jwk().Replace("\"AQAB\"", $"\"{exponent}\"", StringComparison.Ordinal);
        Assert.Null(IssuerKey.Read(JsonElement.Parse(jwk), out var fault));
        Assert.Contains("e odd, at least 3", fault, StringComparison.Ordinal);
    }

    [Fact]
    public void Refuses_a_point_off_its_curve()
    {
        var jwk = JsonElement.Parse(SigningKey.P256.Jwk());
        var (x, y) = (jwk.GetProperty("x").GetString()!, jwk.GetProperty("y").GetString()!);
        Assert.Null(IssuerKey.Read(JsonElement.Parse($$"""{"kty":"EC","crv":"P-256","x":"{{y}}","y":"{{x}}"}"""), out var fault));
        Assert.Contains("point", fault, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("\"use\":\"enc\",")]
    [InlineData("\"key_ops\":[\"encrypt\"],")]
    [InlineData("\"key_ops\":\"verify\",")]
    public void Passes_over_keys_that_are_not_for_signatures(string member) => PassesOver(SigningKey.Rsa.Jwk(member));

    [Theory]
    [InlineData("""{"kty":"OKP","crv":"Ed25519","x":"11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo"}""")]
    [InlineData("""{"kty":"EC","crv":"secp256k1","x":"AQAB","y":"AQAB"}""")]
    [InlineData("""{"kty":"AKP"}""")]
    public void Passes_over_types_it_does_not_know(string jwk) => PassesOver(jwk);

    [Theory]
    [InlineData("\"use\":\"sig\",")]
    [InlineData("\"key_ops\":[\"verify\"],")]
    [InlineData("\"x5c\":[\"MIIB\"],\"x5t\":\"AAAA\",\"x5u\":\"https://issuer.example/x\",")]
    public void Takes_public_keys_for_signatures(string member)
    {
        Assert.NotNull(IssuerKey.Read(JsonElement.Parse(SigningKey.Rsa.Jwk(member)), out var fault));
        Assert.Null(fault);
    }

    [Fact]
    public void Numbers_the_keys_at_fault()
    {
        var set = IssuerKeySet.Read(Encoding.UTF8.GetBytes(SigningKey.Set(SigningKey.P256.Jwk(), "1", SigningKey.Rsa.Jwk(), "{}")))!;
        Assert.Equal(["keys[1] is not an object", "keys[3] has no kty, or one that is not a string (RFC 7517 section 4.1)"], set.Faults);
        Assert.Single(set.For("RS256", null));
        Assert.Single(set.For("ES256", "any"));
        Assert.Empty(set.For("ES384", null));
    }

    private static void PassesOver(string jwk)
    {
        Assert.Null(IssuerKey.Read(JsonElement.Parse(jwk), out var fault));
        Assert.Null(fault);
    }
}
