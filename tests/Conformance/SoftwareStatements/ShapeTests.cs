using System.Buffers.Text;
using System.Net;
using System.Text;
using GrpcDcr.Conformance.Tests.Support;
using GrpcDcr.Doors.Tests.Support;
using GrpcDcr.Server.Tests.Registration.Statements;

namespace GrpcDcr.Conformance.Tests.SoftwareStatements;

/// <summary>RFC 7591 section 2.3, RFC 7515, RFC 7519: a signed JWT in compact form, and one spelling of it.</summary>
public sealed class ShapeTests(StatementServer shared) : IClassFixture<StatementServer>
{
    private static readonly string[] Good = StatementIssuer.One.Statement("\"software_id\":\"a\"").Split('.');

    private readonly RunningServer server = shared.Server;

    [Theory]
    [InlineData("{}")]
    [InlineData("[]")]
    [InlineData("[\"eyJhbGciOiJSUzI1NiJ9.e30.AAAA\"]")]
    [InlineData("1")]
    [InlineData("true")]
    [Requirement("7591-3.1.1-01")]
    public async Task Is_one_string(string value) =>
        await server.RefusedAsync("invalid_software_statement", Bodies.With($"\"software_statement\":{value}"));

    [Theory]
    [InlineData("")]
    [InlineData("no statement at all")]
    [InlineData("..")]
    [InlineData("H.P")]
    [InlineData("H.P.")]
    [InlineData("H.P.S.S")]
    [InlineData("H.P.S.P.S")]
    [InlineData("H..S")]
    [InlineData("{\"payload\":\"P\",\"protected\":\"H\",\"signature\":\"S\"}")]
    [InlineData("{\"payload\":\"P\",\"signatures\":[{\"protected\":\"H\",\"signature\":\"S\"}]}")]
    [Requirement("SS-01")]
    public Task Has_three_parts(string shape) => server.RefusesStatementAsync(Shaped(shape), "compact form");

    [Fact]
    [Requirement("SS-01")]
    public async Task Registers_in_that_form() => (await server.RegisterAsync(StatedCalls.Body(Shaped("H.P.S")))).IsRegistration();

    [Theory]
    [InlineData("H=.P.S")]
    [InlineData("H.P.S==")]
    [InlineData(" H.P.S")]
    [InlineData("H.P.S\n")]
    [InlineData("H.\r\nP.S")]
    [InlineData("H.P.S\u00e9")]
    [InlineData("HA.P.SA")]
    [Requirement("SS-22")]
    public Task Is_strict_base64url(string shape) => server.RefusesStatementAsync(Shaped(shape), "base64url");

    [Fact]
    [Requirement("SS-22")]
    public async Task Has_one_spelling()
    {
        var last = Good[2][^1];
        foreach (var other in "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_".Where(c => c != last && SameOctets(c)))
        {
            await server.RefusesStatementAsync($"{Good[0]}.{Good[1]}.{Good[2][..^1]}{other}", "base64url");
        }

        var dashed = StatementIssuer.One.Statement("\"software_id\":\"\u00fb\u00fb\u00fb\u00ff\u00ff\u00ff\u00fe\u00fe\u00fe???>>>~~~\"");
        Assert.NotEqual(-1, dashed.AsSpan().IndexOfAny('-', '_'));
        await server.RefusesStatementAsync(dashed.Replace('-', '+').Replace('_', '/'), "base64url");
    }

    [Theory]
    [InlineData("""{"iss":"https://issuer.example","software_id":"a","software_id":"b"}""")]
    [InlineData("""{"iss":"https://issuer.example","software_id":"a","softw\u0061re_id":"b"}""")]
    [InlineData("""{"iss":"https://evil.example","software_id":"a","iss":"https://issuer.example"}""")]
    [InlineData("""{"iss":"https://issuer.example","software_id":"\ud800"}""")]
    [InlineData("""{"iss":"https://issuer.example","software_id":"a",}""")]
    [InlineData("""{"iss":"https://issuer.example","software_id":"a"} {}""")]
    [InlineData("""[{"iss":"https://issuer.example","software_id":"a"}]""")]
    [InlineData("null")]
    [InlineData("")]
    [Requirement("SS-22")]
    public Task Has_claims_that_everybody_reads_alike(string claims) =>
        server.RefusesStatementAsync(SigningKey.Rsa.Jwt("""{"alg":"RS256"}""", claims));

    [Fact]
    [Requirement("SS-22")]
    public async Task Is_utf_8_and_nothing_else()
    {
        var header = Encoding.UTF8.GetBytes("""{"alg":"RS256"}""");
        const string Claims = """{"iss":"https://issuer.example","software_id":"a","client_name":"é"}""";

        await server.RefusesStatementAsync(SigningKey.Rsa.Jwt(header, Encoding.Latin1.GetBytes(Claims)), "UTF-8");
        await server.RefusesStatementAsync(SigningKey.Rsa.Jwt(header, [.. Encoding.UTF8.GetPreamble(), .. Encoding.UTF8.GetBytes(Claims)]), "UTF-8");
        await server.RefusesStatementAsync(SigningKey.Rsa.Jwt(Encoding.UTF8.GetBytes("""{"alg":"RS256","alg":"RS256"}"""), Encoding.UTF8.GetBytes(Claims)), "UTF-8");
        (await server.RegisterAsync(StatedCalls.Body(SigningKey.Rsa.Jwt(header, Encoding.UTF8.GetBytes(Claims))))).IsRegistration();
    }

    [Fact]
    [Requirement("SS-23")]
    public async Task Has_a_bounded_size()
    {
        static string OfLength(int note) => StatementIssuer.One.Statement($"\"software_id\":\"a\",\"note\":\"{new string('x', note)}\"");

        (await server.RegisterAsync(StatedCalls.Body(OfLength(11_500)))).IsRegistration();
        await server.RefusesStatementAsync(OfLength(13_000), "at most 16384 are allowed");
        await server.RefusedAsync(
            "invalid_request", HttpStatusCode.RequestEntityTooLarge, Bodies.Json(StatedCalls.Body(OfLength(150_000))));
    }

    private static string Shaped(string shape) => string.Concat(shape.Select(c => c switch
    {
        'H' => Good[0],
        'P' => Good[1],
        'S' => Good[2],
        _ => c.ToString(),
    }));

    /// <summary>Of a signature of 256 octets, the last character has four bits that mean nothing.</summary>
    private static bool SameOctets(char last) => Octet(last) == Octet(Good[2][^1]);

    private static int Octet(char last) => Base64Url.DecodeFromChars($"AAA{last}")[2] >> 4;
}
