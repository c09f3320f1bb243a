using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using GrpcDcr.Server.SoftwareStatements;
using GrpcDcr.TestKit.Samples;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace GrpcDcr.Server.Tests.SoftwareStatements;

/// <summary>Whose signature counts, and by which algorithm.</summary>
public sealed class SignatureTests
{
    private const string NoSignature = "no valid signature";
    private const string WrongAlgorithm = "Allowed: RS256, PS256, ES256.";

    private static readonly string Claims = Verifying.Minimum + "}";

    public static TheoryData<string> Supportable { get; } = [.. SoftwareStatementAlgorithms.Supportable];

    /// <summary>Signed by another implementation than the one that verifies.</summary>
    [Theory, Trait("Requirement", "SS-21")]
    [MemberData(nameof(Supportable))]
    public async Task Verifies_each_algorithm_that_can_be_configured(string algorithm)
    {
        SecurityKey key = SigningKey.For(algorithm).Key is RSA rsa
            ? new RsaSecurityKey(rsa)
            : new ECDsaSecurityKey((ECDsa)SigningKey.For(algorithm).Key);
        var statement = new JsonWebTokenHandler().CreateToken(Claims, new SigningCredentials(key, algorithm));
        await new Verifying(issuer => issuer.Algorithms = algorithm).VerifyAsync(statement);
        await new Verifying(issuer => issuer.Algorithms = algorithm == "RS256" ? "PS256" : "RS256").RefusesAsync(statement, "Allowed:");
    }

    [Theory, Trait("Requirement", "SS-02")]
    [InlineData("none")]
    [InlineData("None")]
    [InlineData("NONE")]
    [InlineData("nOnE")]
    [InlineData("")]
    public async Task Refuses_an_unsecured_jwt(string algorithm)
    {
        var unsigned = $"{SigningKey.Encode($$"""{"alg":"{{algorithm}}"}""")}.{SigningKey.Encode(Claims)}.";
        await new Verifying().RefusesAsync(unsigned, "compact form");
        await new Verifying().RefusesAsync(unsigned + "AAAA", WrongAlgorithm);
        await new Verifying().RefusesAsync(unsigned + Verifying.Statement().Split('.')[2], WrongAlgorithm);
    }

    [Theory, Trait("Requirement", "SS-02")]
    [InlineData("{}")]
    [InlineData("""{"typ":"JWT"}""")]
    [InlineData("""{"alg":null}""")]
    [InlineData("""{"alg":["RS256"]}""")]
    [InlineData("""{"ALG":"RS256"}""")]
    public async Task Refuses_a_header_without_an_algorithm(string header) =>
        await new Verifying()
            .RefusesAsync(
                SigningKey.Rsa.Jwt(Encoding.UTF8.GetBytes(header), Encoding.UTF8.GetBytes(Claims), "RS256"), "no alg in its header");

    /// <summary>The public key is no secret, so nobody must be able to sign with it as one (RFC 8725 section 2.1).</summary>
    [Theory, Trait("Requirement", "SS-03")]
    [InlineData("HS256")]
    [InlineData("hs256")]
    [InlineData("RS256")]
    public async Task Refuses_a_code_made_with_the_public_key(string algorithm)
    {
        var rsa = (RSA)SigningKey.Rsa.Key;
        var (pem, oldPem) = (rsa.ExportSubjectPublicKeyInfoPem(), rsa.ExportRSAPublicKeyPem());
        foreach (var secret in new[] { pem, pem + "\n", oldPem, SigningKey.Rsa.Jwk(), SigningKey.Rsa.Jwk("\"kid\":\"rsa\",") })
        {
            var signed = $"{SigningKey.Encode($$"""{"alg":"{{algorithm}}","kid":"rsa"}""")}.{SigningKey.Encode(Claims)}";
            var code = HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), Encoding.ASCII.GetBytes(signed));
            await new Verifying().RefusesAsync($"{signed}.{SigningKey.Encode(code)}", algorithm == "RS256" ? NoSignature : WrongAlgorithm);
        }
    }

    [Theory, Trait("Requirement", "SS-03")]
    [InlineData("rs256", "RS256")]
    [InlineData("RS256 ", "RS256")]
    [InlineData("RS384", "RS384")]
    [InlineData("PS512", "PS512")]
    [InlineData("RS1", "RS256")]
    [InlineData("EdDSA", "RS256")]
    [InlineData("RSA-OAEP", "RS256")]
    public async Task Refuses_an_algorithm_that_is_not_configured(string name, string algorithm) => await new Verifying().RefusesAsync(
        SigningKey.Rsa.Jwt(Encoding.UTF8.GetBytes($$"""{"alg":"{{name}}"}"""), Encoding.UTF8.GetBytes(Claims), algorithm), WrongAlgorithm);

    [Theory, Trait("Requirement", "SS-03")]
    [InlineData("RS256", "PS256")]
    [InlineData("PS256", "RS256")]
    [InlineData("ES256", "RS256")]
    [InlineData("RS256", "ES256")]
    public async Task Refuses_a_signature_of_another_algorithm_than_the_header_says(string said, string signedBy) =>
        await new Verifying().RefusesAsync(
            SigningKey.For(signedBy)
                .Jwt(Encoding.UTF8.GetBytes($$"""{"alg":"{{said}}"}"""), Encoding.UTF8.GetBytes(Claims), signedBy), NoSignature);

    [Fact, Trait("Requirement", "SS-03")]
    public async Task Uses_a_key_with_its_own_algorithm_only()
    {
        var verifying = new Verifying(issuer => issuer.Jwks = SigningKey.Set(SigningKey.Rsa.Jwk("\"alg\":\"RS256\",")));
        await verifying.VerifyAsync(SigningKey.Rsa.Jwt("""{"alg":"RS256"}""", Claims));
        await verifying.RefusesAsync(SigningKey.Rsa.Jwt("""{"alg":"PS256"}""", Claims), NoSignature);
    }

    [Fact, Trait("Requirement", "SS-05")]
    public async Task Refuses_an_issuer_with_the_key_of_another_trusted_one()
    {
        var other = Verifying.Trusted(issuer =>
        {
            issuer.Issuer = "https://other.example";
            issuer.Jwks = SigningKey.Set(SigningKey.OtherRsa.Jwk("\"kid\":\"rsa\","));
        });
        var verifying = new Verifying(null, other);
        const string Header = """{"alg":"RS256","kid":"rsa"}""";
        await verifying.VerifyAsync(SigningKey.OtherRsa.Jwt(Header, Claims.Replace("issuer", "other", StringComparison.Ordinal)));
        await verifying.RefusesAsync(SigningKey.OtherRsa.Jwt(Header, Claims), NoSignature);
        await verifying.RefusesAsync(SigningKey.Rsa.Jwt(Header, Claims.Replace("issuer", "other", StringComparison.Ordinal)), NoSignature);
    }

    [Theory, Trait("Requirement", "SS-07")]
    [InlineData("RS256")]
    [InlineData("PS256")]
    [InlineData("ES256")]
    public async Task Refuses_a_signature_that_is_cut_grown_or_of_other_claims(string algorithm)
    {
        var parts = SigningKey.For(algorithm).Jwt($$"""{"alg":"{{algorithm}}"}""", Claims).Split('.');
        var other = SigningKey.For(algorithm)
            .Jwt($$"""{"alg":"{{algorithm}}","typ":"JWT"}""", Verifying.Minimum + ",\"scope\":\"admin\"}")
            .Split('.');
        var signature = Base64Url.DecodeFromChars(parts[2]);
        foreach (var wrong in new[]
        {
            signature[..^1],
            signature[1..],
            signature[..1],
            [0, .. signature],
            [.. signature, 0],
            new byte[signature.Length],
        })
        {
            await new Verifying().RefusesAsync($"{parts[0]}.{parts[1]}.{SigningKey.Encode(wrong)}", NoSignature);
        }

        await new Verifying().RefusesAsync($"{parts[0]}.{other[1]}.{parts[2]}", NoSignature);
        await new Verifying().RefusesAsync($"{other[0]}.{parts[1]}.{parts[2]}", NoSignature);
        await new Verifying().RefusesAsync($"{parts[0]}.{parts[1]}.{other[2]}", NoSignature);
    }

    [Fact, Trait("Requirement", "SS-07")]
    public async Task Refuses_an_elliptic_curve_signature_in_the_form_of_certificates()
    {
        var signed = $"{SigningKey.Encode("""{"alg":"ES256"}""")}.{SigningKey.Encode(Claims)}";
        var der = ((ECDsa)SigningKey.P256.Key)
            .SignData(Encoding.ASCII.GetBytes(signed), HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence);
        await new Verifying().RefusesAsync($"{signed}.{SigningKey.Encode(der)}", NoSignature);
    }
}
