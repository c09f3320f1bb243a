using System.Security.Cryptography;
using System.Text;
using GrpcDcr.Conformance.Tests.Support;
using GrpcDcr.Doors.Tests.Support;
using GrpcDcr.Server.Tests.Registration.Statements;

namespace GrpcDcr.Conformance.Tests.SoftwareStatements;

/// <summary>RFC 7515 section 5.2, RFC 8725 section 3: whose signature counts, and by which algorithm.</summary>
public sealed class SignatureTests(SignatureTests.ManyKeys shared) : IClassFixture<SignatureTests.ManyKeys>
{
    private const string NoSignature = "no valid signature";
    private const string NotUsed = "alg that its issuer does not use";
    private const string Claims = """{"iss":"https://issuer.example","software_id":"product-7"}""";

    private readonly RunningServer server = shared.Server;

    [Theory]
    [InlineData("RS256")]
    [InlineData("PS256")]
    [InlineData("ES256")]
    [Requirement("SS-21")]
    public async Task Counts_by_the_algorithms_of_the_issuer(string algorithm) =>
        (await server.RegisterAsync(StatedCalls.Body(SigningKey.For(algorithm).Jwt(Header(algorithm), Claims)))).IsRegistration();

    [Theory]
    [InlineData("RS512")]
    [InlineData("ES384")]
    [InlineData("ES512")]
    [Requirement("SS-21")]
    public async Task Counts_by_further_algorithms_once_they_are_configured(string algorithm)
    {
        var statement = SigningKey.For(algorithm).Jwt(Header(algorithm), Claims);
        await server.RefusesStatementAsync(statement, NotUsed);

        await using var other = await RunningServer.StartAsync(StatementIssuer.One.Settings(ManyKeys.Keys, "Algorithms=" + algorithm));

        (await other.RegisterAsync(StatedCalls.Body(statement))).IsRegistration();
        await other.RefusedAsync("invalid_software_statement", StatedCalls.Body(StatementIssuer.One.Statement("\"software_id\":\"a\"")));
    }

    [Fact]
    [Requirement("SS-21")]
    public async Task Needs_an_rsa_key_of_2048_bits()
    {
        var setting = "Jwks=" + SigningKey.Set(SigningKey.NewRsa(1024).Jwk());

        var refused = await Assert.ThrowsAnyAsync<Exception>(() => RunningServer.StartAsync(StatementIssuer.One.Settings(setting)));

        Assert.Contains("Statements:Issuers:one:Jwks", refused.Message, StringComparison.Ordinal);
        Assert.Contains("1024 bits", refused.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"alg":"none"}""")]
    [InlineData("""{"alg":"None"}""")]
    [InlineData("""{"alg":"NONE"}""")]
    [InlineData("""{"alg":""}""")]
    [InlineData("""{"alg":null}""")]
    [InlineData("""{"typ":"JWT"}""")]
    [InlineData("{}")]
    [Requirement("SS-02")]
    public async Task Is_there(string header)
    {
        var unsigned = $"{SigningKey.Encode(header)}.{SigningKey.Encode(Claims)}.";

        await server.RefusesStatementAsync(unsigned);
        await server.RefusesStatementAsync(unsigned + StatementIssuer.One.Statement("\"software_id\":\"product-7\"").Split('.')[2]);
    }

    /// <summary>The public key is no secret (RFC 8725 section 2.1).</summary>
    [Theory]
    [InlineData("HS256")]
    [InlineData("RS256")]
    [Requirement("SS-03")]
    public async Task Is_not_a_code_made_with_the_public_key(string algorithm)
    {
        var rsa = (RSA)SigningKey.Rsa.Key;
        foreach (var secret in new[] { rsa.ExportSubjectPublicKeyInfoPem(), rsa.ExportRSAPublicKeyPem(), SigningKey.Rsa.Jwk(), SigningKey.Rsa.Jwk("\"kid\":\"rsa\",") })
        {
            var signed = $"{SigningKey.Encode(Header(algorithm))}.{SigningKey.Encode(Claims)}";
            var code = HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), Encoding.ASCII.GetBytes(signed));
            await server.RefusesStatementAsync($"{signed}.{SigningKey.Encode(code)}", algorithm == "HS256" ? NotUsed : NoSignature);
        }
    }

    [Theory]
    [InlineData("rs256", "RS256", NotUsed)]
    [InlineData("RS384", "RS384", NotUsed)]
    [InlineData("PS512", "PS512", NotUsed)]
    [InlineData("EdDSA", "RS256", NotUsed)]
    [InlineData("PS256", "RS256", NoSignature)]
    [InlineData("RS256", "PS256", NoSignature)]
    [InlineData("ES256", "RS256", NoSignature)]
    [InlineData("RS256", "ES256", NoSignature)]
    [Requirement("SS-03")]
    public Task Is_of_the_algorithm_that_the_header_names(string named, string used, string because) => server.RefusesStatementAsync(
        SigningKey.For(used).Jwt(Encoding.UTF8.GetBytes(Header(named)), Encoding.UTF8.GetBytes(Claims), used), because);

    [Fact]
    [Requirement("SS-03")]
    public async Task Is_of_the_algorithm_that_the_key_is_for()
    {
        await using var narrow = await RunningServer.StartAsync(
            StatementIssuer.One.Settings("Jwks=" + SigningKey.Set(SigningKey.Rsa.Jwk("\"alg\":\"RS256\","))));

        await narrow.RefusesStatementAsync(SigningKey.Rsa.Jwt(Header("PS256"), Claims), NoSignature);
    }

    [Fact]
    [Requirement("SS-05")]
    public async Task Is_by_the_key_of_its_issuer_and_no_other_trusted_one()
    {
        var (one, other) = (StatementIssuer.One, StatementIssuer.Other);
        const string Software = "\"software_id\":\"product-7\"";

        await server.RefusesStatementAsync((one with { Key = other.Key }).Statement(Software), NoSignature);
        await server.RefusesStatementAsync((other with { Key = one.Key }).Statement(Software), NoSignature);
        (await server.RegisterAsync(StatedCalls.Body(other.Statement(Software)))).IsRegistration();
    }

    [Theory]
    [InlineData("RS256")]
    [InlineData("ES256")]
    [Requirement("SS-07")]
    public async Task Holds_over_the_bytes_that_came(string algorithm)
    {
        var key = SigningKey.For(algorithm);
        var (good, other) = (key.Jwt(Header(algorithm), Claims).Split('.'), key.Jwt($$"""{"alg":"{{algorithm}}"}""", Claims.Replace('7', '8')).Split('.'));
        var signature = System.Buffers.Text.Base64Url.DecodeFromChars(good[2]);
        string[] forged =
        [
            $"{other[0]}.{good[1]}.{good[2]}", $"{good[0]}.{other[1]}.{good[2]}", $"{good[0]}.{good[1]}.{other[2]}",
            $"{good[0]}.{good[1]}.{SigningKey.Encode(signature[..^1])}", $"{good[0]}.{good[1]}.{SigningKey.Encode([.. signature, 0])}",
            $"{good[0]}.{good[1]}.{SigningKey.Encode(new byte[signature.Length])}",
        ];

        foreach (var statement in forged)
        {
            await server.RefusesStatementAsync(statement, NoSignature);
        }

        foreach (var statement in WithOneCharacterChanged(string.Join('.', good)))
        {
            (await server.RegisterAsync(StatedCalls.Body(statement))).IsInvalidStatement();
        }
    }

    /// <summary>At every seventh place, so that each part is hit often.</summary>
    private static IEnumerable<string> WithOneCharacterChanged(string statement) => Enumerable.Range(0, statement.Length / 7)
        .Select(i => i * 7)
        .Where(at => statement[at] != '.')
        .Select(at => $"{statement[..at]}{(statement[at] == 'A' ? 'B' : 'A')}{statement[(at + 1)..]}");

    private static string Header(string algorithm) => $$"""{"alg":"{{algorithm}}","typ":"JWT"}""";

    /// <summary>An issuer with a key of each kind.</summary>
    public sealed class ManyKeys() : SharedServer([.. StatementIssuer.One.Settings(Keys), .. StatementIssuer.Other.Trusted()])
    {
        internal static string Keys { get; } = "Jwks=" + SigningKey.Set(
            SigningKey.Rsa.Jwk("\"kid\":\"rsa\","), SigningKey.P256.Jwk(), SigningKey.P384.Jwk(), SigningKey.P521.Jwk());
    }
}
