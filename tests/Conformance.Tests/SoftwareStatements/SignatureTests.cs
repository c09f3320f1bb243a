using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;
using GrpcDcr.TestKit.Samples;
using GrpcDcr.TestKit.Service;

namespace GrpcDcr.Conformance.Tests.SoftwareStatements;

/// <summary>RFC 7515 and RFC 8725: who signed a statement, and with what.</summary>
public sealed class SignatureTests(StatementServer shared) : IClassFixture<StatementServer>
{
    private readonly RunningServer _server = shared.Server;

    [Theory]
    [InlineData("""{"alg":"none"}""")]
    [InlineData("""{"alg":"None"}""")]
    [InlineData("""{"alg":"NONE"}""")]
    [InlineData("""{"alg":""}""")]
    [InlineData("""{"typ":"JWT"}""")]
    [Requirement("SS-02")]
    public async Task Refuses_unsigned_statements(string header)
    {
        var unsigned = $"{SigningKey.Encode(header)}.{SigningKey.Encode(Statement.Claims())}.";
        var signature = Statement.Of().Split('.')[2];

        await _server.RefusesAsync(unsigned);
        await _server.RefusesAsync(unsigned + signature);
        await _server.RefusesAsync(unsigned + "e30");
    }

    [Fact]
    [Requirement("SS-03")]
    public async Task Refuses_a_mac_that_is_keyed_with_the_public_key()
    {
        var rsa = (RSA)SigningKey.Rsa.Key;
        var signed = $"{SigningKey.Encode("""{"alg":"HS256","kid":"rsa"}""")}.{SigningKey.Encode(Statement.Claims())}";
        foreach (var key in new[] { rsa.ExportSubjectPublicKeyInfoPem(), rsa.ExportRSAPublicKeyPem(), SigningKey.Rsa.Jwk(), "" })
        {
            var mac = HMACSHA256.HashData(Encoding.UTF8.GetBytes(key), Encoding.ASCII.GetBytes(signed));
            await _server.RefusesAsync($"{signed}.{SigningKey.Encode(mac)}");
        }
    }

    [Fact]
    [Requirement("SS-03")]
    public async Task Refuses_algorithms_that_the_issuer_or_the_key_does_not_have()
    {
        await _server.RefusesAsync(SigningKey.Rsa.Jwt("""{"alg":"PS256","kid":"rsa"}""", Statement.Claims(issuer: StatementServer.Narrow)));
        await _server.RefusesAsync(SigningKey.P256.Jwt("""{"alg":"ES256","kid":"ec"}""", Statement.Claims(issuer: StatementServer.Narrow)));
        await _server.RefusesAsync(SigningKey.Rsa.Jwt(
            Encoding.UTF8.GetBytes("""{"alg":"ES256","kid":"rsa"}"""), Encoding.UTF8.GetBytes(Statement.Claims()), "RS256"));
        await _server.RefusesAsync(SigningKey.Rsa.Jwt("""{"alg":"RS512","kid":"rsa"}""", Statement.Claims()));
    }

    [Fact]
    [Requirement("SS-05")]
    [Requirement("SS-06")]
    public async Task Refuses_the_key_of_another_and_issuers_it_does_not_know()
    {
        await _server.RefusesAsync(SigningKey.OtherRsa.Jwt("""{"alg":"RS256"}""", Statement.Claims()));
        await _server.RefusesAsync(SigningKey.Rsa.Jwt("""{"alg":"RS256"}""", Statement.Claims(issuer: StatementServer.Other)));
        foreach (var unknown in new[] { "https://unknown.example", "https://issuer.example/", "HTTPS://issuer.example", "" })
        {
            await _server.RefusesAsync(Statement.Of(issuer: unknown));
        }
    }

    [Theory]
    [InlineData("software_id")]
    [InlineData("signature")]
    [InlineData("header")]
    [InlineData("payload of another")]
    [InlineData("truncated")]
    [Requirement("SS-07")]
    [Requirement("BRDCR-04")]
    public async Task Refuses_what_was_changed_on_the_way(string where)
    {
        var parts = Statement.Of().Split('.');
        var forged = where switch
        {
            "software_id" => $"{parts[0]}."
                + $"{SigningKey.Encode(Statement.Claims().Replace("product-7", "product-8", StringComparison.Ordinal))}.{parts[2]}",
            "signature" => $"{parts[0]}.{parts[1]}.{Flipped(parts[2])}",
            "header" => $"{SigningKey.Encode("""{"alg":"RS256","typ":"jwt","kid":"rsa"}""")}.{parts[1]}.{parts[2]}",
            "payload of another" => $"{parts[0]}.{Statement.Of("\"client_name\":\"Other\"").Split('.')[1]}.{parts[2]}",
            _ => $"{parts[0]}.{parts[1]}.{parts[2][..^8]}",
        };

        await _server.RefusesAsync(forged);
    }

    [Fact]
    [Requirement("SS-07")]
    public async Task Refuses_a_change_of_any_character()
    {
        var statement = Statement.Of();
        for (var at = 0; at < statement.Length; at += 5)
        {
            var forged = $"{statement[..at]}{(statement[at] == 'A' ? 'B' : 'A')}{statement[(at + 1)..]}";
            (await _server.RegisterAsync(Statement.Body(forged))).IsInvalidStatement();
        }
    }

    [Theory]
    [InlineData("\"crit\":[\"x\"],\"x\":1")]
    [InlineData("\"crit\":[\"exp\"]")]
    [InlineData("\"crit\":[]")]
    [InlineData("\"b64\":false,\"crit\":[\"b64\"]")]
    [Requirement("SS-10")]
    public Task Refuses_critical_headers_for_it_understands_none(string members) =>
        _server.RefusesAsync(SigningKey.Rsa.Jwt($$"""{"alg":"RS256","kid":"rsa",{{members}}}""", Statement.Claims()));

    [Fact]
    [Requirement("SS-11")]
    public async Task Takes_no_key_from_the_header()
    {
        using var target = new TcpListener(IPAddress.Loopback, 0);
        target.Start();
        var place = $"https://127.0.0.1:{((IPEndPoint)target.LocalEndpoint).Port}/keys";
        string[] headers =
        [
            $$"""{"alg":"RS256","jwk":{{SigningKey.OtherRsa.Jwk()}}}""", $$"""{"alg":"RS256","jku":"{{place}}"}""",
            $$"""{"alg":"RS256","x5u":"{{place}}"}""", """{"alg":"RS256","x5c":["MIIB"]}""",
        ];
        foreach (var header in headers)
        {
            await _server.RefusesAsync(SigningKey.OtherRsa.Jwt(header, Statement.Claims()));
        }

        Assert.False(target.Pending());
    }

    [Theory]
    [InlineData("' OR 1=1 --")]
    [InlineData("../../../etc/passwd")]
    [InlineData("\\u0000")]
    [InlineData("EC")]
    [Requirement("SS-11")]
    public Task Looks_for_the_named_key_and_does_nothing_else_with_its_name(string kid) =>
        _server.RefusesAsync(SigningKey.Rsa.Jwt($$"""{"alg":"RS256","kid":"{{kid}}"}""", Statement.Claims()));

    [Theory]
    [InlineData("RS256")]
    [InlineData("PS256")]
    [InlineData("ES256")]
    [Requirement("SS-21")]
    public async Task Accepts_the_algorithms_that_are_configured(string algorithm)
    {
        var statement = SigningKey.For(algorithm).Jwt($$"""{"alg":"{{algorithm}}"}""", Statement.Claims());

        var client = await _server.RegisteredAsync(Statement.Body(statement));

        Assert.Equal("Stated", client.GetProperty("client_name").GetString());
    }

    [Theory]
    [InlineData("RS512")]
    [InlineData("ES384")]
    [Requirement("SS-21")]
    public async Task Accepts_others_once_they_are_configured(string algorithm)
    {
        var statement = SigningKey.For(algorithm).Jwt($$"""{"alg":"{{algorithm}}"}""", Statement.Claims());
        await _server.RefusesAsync(statement);

        await using var other = await RunningServer.StartAsync(
            "SoftwareStatements:Issuers:main:Issuer=" + Statement.Issuer, "SoftwareStatements:Issuers:main:Algorithms=" + algorithm,
            "SoftwareStatements:Issuers:main:Jwks=" + SigningKey.Set(SigningKey.Rsa.Jwk(), SigningKey.P384.Jwk()));

        await other.RegisteredAsync(Statement.Body(statement));
        await other.RefusedAsync("invalid_software_statement", Statement.Body(Statement.Of()));
    }

    [Fact]
    [Requirement("SS-21")]
    public async Task Does_not_start_with_an_issuer_whose_key_is_weak()
    {
        var weak = SigningKey.Set(SigningKey.NewRsa(1024).Jwk());

        var problem = await Assert.ThrowsAnyAsync<Exception>(
            () => RunningServer.StartAsync(
                "SoftwareStatements:Issuers:weak:Issuer=https://weak.example", "SoftwareStatements:Issuers:weak:Jwks=" + weak));

        Assert.Contains("2048", problem.Message, StringComparison.Ordinal);
    }

    private static string Flipped(string text) => (text[0] == 'A' ? 'B' : 'A') + text[1..];
}
