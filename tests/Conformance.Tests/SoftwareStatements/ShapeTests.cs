using System.Net;
using System.Text;
using GrpcDcr.TestKit.Samples;
using GrpcDcr.TestKit.Service;

namespace GrpcDcr.Conformance.Tests.SoftwareStatements;

/// <summary>RFC 7515 section 2 and RFC 7519 section 7.2: one form, read strictly.</summary>
public sealed class ShapeTests(StatementServer shared) : IClassFixture<StatementServer>
{
    private readonly RunningServer _server = shared.Server;

    [Theory]
    [InlineData("SS-01", "{0}.{1}")]
    [InlineData("SS-01", "{0}.{1}.{2}.{2}")]
    [InlineData("SS-01", "{0}.{1}.{2}.{1}.{2}")]
    [InlineData("SS-01", ".{1}.{2}")]
    [InlineData("SS-01", "{0}..{2}")]
    [InlineData("SS-01", "random text")]
    [InlineData("SS-01", "...")]
    [InlineData("SS-22", "{0}.{1}.{2}==")]
    [InlineData("SS-22", "{0}=.{1}.{2}")]
    [InlineData("SS-22", " {0}.{1}.{2}")]
    [InlineData("SS-22", "{0}.{1}.{2}\n")]
    [InlineData("SS-22", "{0}.\r\n{1}.{2}")]
    [InlineData("SS-22", "{0}.{1}.{2}A")]
    public async Task Refuses_every_other_form(string requirement, string format)
    {
        var refusal = await _server.RefusesAsync(string.Format(null, format, Statement.Of().Split('.')));

        Assert.True(refusal.Description!.Contains("software_statement", StringComparison.Ordinal), requirement);
    }

    [Fact]
    [Requirement("SS-01")]
    public Task Refuses_the_json_form_of_a_signature()
    {
        var parts = Statement.Of().Split('.');
        return _server.RefusesAsync($$"""{"protected":"{{parts[0]}}","payload":"{{parts[1]}}","signature":"{{parts[2]}}"}""");
    }

    [Theory]
    [InlineData("7591-3.1.1-01", "{}")]
    [InlineData("7591-3.1.1-01", "[\"a.b.c\"]")]
    [InlineData("7591-3.1.1-01", "1")]
    [InlineData("7591-3.1.1-01", "true")]
    [InlineData("SS-01", "\"\"")]
    public async Task Refuses_what_is_no_text(string requirement, string statement)
    {
        var refusal = await _server.RefusedAsync("invalid_software_statement", Bodies.With($"\"software_statement\":{statement}"));

        Assert.True(refusal.Description is not null, requirement);
    }

    [Fact]
    [Requirement("SS-22")]
    public async Task Refuses_plain_base64_and_other_spellings_of_the_end()
    {
        var statement = Statement.Of("\"client_name\":\"\u00fb\u00fb\u00fb???>>>~~~\"");
        Assert.NotEqual(-1, statement.AsSpan().IndexOfAny('-', '_'));
        var last = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_".IndexOf(statement[^1], StringComparison.Ordinal);

        await _server.RefusesAsync(statement.Replace('-', '+').Replace('_', '/'));
        await _server.RefusesAsync(statement[..^1] + "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"[last + 1]);
        await _server.RegisteredAsync(Statement.Body(statement));
    }

    [Theory]
    [InlineData("""{"iss":"https://issuer.example","software_id":"a","software_id":"b"}""")]
    [InlineData("""{"iss":"https://evil.example","software_id":"a","iss":"https://issuer.example"}""")]
    [InlineData("""{"iss":"https://issuer.example","software_id":"\ud800"}""")]
    [InlineData("""{"iss":"https://issuer.example","software_id":"a",}""")]
    [InlineData("""["iss"]""")]
    [InlineData("null")]
    [Requirement("SS-22")]
    public Task Refuses_claims_that_could_be_read_in_two_ways(string claims) =>
        _server.RefusesAsync(SigningKey.Rsa.Jwt(Statement.Rs256, claims));

    [Fact]
    [Requirement("SS-22")]
    public Task Refuses_claims_that_are_not_utf_8() => _server.RefusesAsync(
        SigningKey.Rsa.Jwt(
            Encoding.UTF8.GetBytes(Statement.Rs256), Encoding.Latin1.GetBytes(Statement.Claims("\"client_name\":\"\u00fc\""))));

    [Fact]
    [Requirement("SS-23")]
    public async Task Bounds_the_size_of_a_statement()
    {
        await _server.RefusesAsync(Statement.Of($"\"client_name\":\"a\",\"x\":\"{new string('a', 20_000)}\""));
        var huge = Bodies.Json(Statement.Body(Statement.Of($"\"client_name\":\"a\",\"x\":\"{new string('a', 150_000)}\"")));
        await _server.RefusedAsync("invalid_request", HttpStatusCode.RequestEntityTooLarge, huge, "Expect: 100-continue");
    }
}
