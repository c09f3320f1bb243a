using System.Text;
using GrpcDcr.Server.Model;
using GrpcDcr.TestKit.Samples;

namespace GrpcDcr.Server.Tests.SoftwareStatements;

/// <summary>What a statement looks like: one JWT in compact form, and one spelling of it.</summary>
public sealed class ShapeTests
{
    private const string Compact = "compact form";
    private const string Json = "one JSON object";

    [Fact]
    public async Task Accepts_a_statement_of_the_issuer()
    {
        var statement = await new Verifying().VerifyAsync(Verifying.Statement());
        Assert.Equal((Verifying.Issuer, "product-7"), (statement.Issuer, statement.Claims.Values.Text(CoreMembers.SoftwareId)));
    }

    [Theory, Trait("Requirement", "SS-01")]
    [InlineData("")]
    [InlineData(" ")]
    [InlineData(".")]
    [InlineData("..")]
    [InlineData("...")]
    [InlineData("not a statement at all")]
    [InlineData("{\"payload\":\"e30\",\"signatures\":[]}")]
    public async Task Refuses_what_is_no_jwt(string text) => await new Verifying().RefusesAsync(text, Compact);

    [Theory, Trait("Requirement", "SS-01")]
    [InlineData("{0}.{1}")]
    [InlineData("{0}.{1}.")]
    [InlineData(".{1}.{2}")]
    [InlineData("{0}..{2}")]
    [InlineData("{0}.{1}.{2}.{2}")]
    [InlineData("{0}.{1}.{2}.{1}.{2}")]
    [InlineData("{0}.{1}.{2}.")]
    [InlineData(".{0}.{1}.{2}")]
    [InlineData("{0}{1}.{2}")]
    public async Task Refuses_any_number_of_parts_but_three(string format) =>
        await new Verifying().RefusesAsync(string.Format(null, format, Verifying.Statement().Split('.')), Compact);

    [Theory, Trait("Requirement", "SS-22")]
    [InlineData("{0}=.{1}.{2}")]
    [InlineData("{0}.{1}.{2}==")]
    [InlineData(" {0}.{1}.{2}")]
    [InlineData("{0}.{1}.{2} ")]
    [InlineData("{0}.{1}.{2}\n")]
    [InlineData("{0}.\r\n{1}.{2}")]
    [InlineData("{0}.{1} .{2}")]
    [InlineData("{0}.{1}.{2}\0")]
    [InlineData("{0}.{1}.{2}\u00e9")]
    [InlineData("{0}A.{1}.{2}A")]
    public async Task Refuses_base64url_that_is_not_strict(string format) =>
        await new Verifying().RefusesAsync(string.Format(null, format, Verifying.Statement().Split('.')), Compact);

    [Fact, Trait("Requirement", "SS-22")]
    public async Task Refuses_the_characters_of_plain_base64()
    {
        var statement = Verifying.Statement(",\"client_name\":\"\u00fb\u00fb\u00fb\u00ff\u00ff\u00ff\u00fe\u00fe\u00fe???>>>~~~\"");
        Assert.NotEqual(-1, statement.AsSpan().IndexOfAny('-', '_'));
        await new Verifying().VerifyAsync(statement);
        await new Verifying().RefusesAsync(statement.Replace('-', '+').Replace('_', '/'), Compact);
    }

    /// <summary>Four bits of the last character mean nothing, so that decoders take fifteen more spellings for the same octets.</summary>
    [Fact, Trait("Requirement", "SS-22")]
    public async Task Refuses_another_spelling_of_the_last_character()
    {
        const string Alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
        var statement = Verifying.Statement();
        Assert.Equal(342, statement.Split('.')[2].Length);
        var last = Alphabet.IndexOf(statement[^1], StringComparison.Ordinal);
        Assert.Equal(0, last % 16);
        for (var bits = 1; bits < 16; bits++)
        {
            await new Verifying().RefusesAsync(statement[..^1] + Alphabet[last + bits], Compact);
        }
    }

    [Theory, Trait("Requirement", "SS-22")]
    [InlineData("""{"iss":"https://issuer.example","software_id":"a","software_id":"b"}""")]
    [InlineData("""{"iss":"https://issuer.example","software_id":"a","softw\u0061re_id":"b"}""")]
    [InlineData("""{"iss":"https://evil.example","software_id":"a","iss":"https://issuer.example"}""")]
    [InlineData("""{"iss":"https://issuer.example","software_id":"a","jwks":{"keys":[],"keys":[]}}""")]
    [InlineData("""{"iss":"https://issuer.example","software_id":"\ud800"}""")]
    [InlineData("""{"iss":"https://issuer.example","software_id":"a","unknown":["\udc00x"]}""")]
    [InlineData("""{"iss":"https://issuer.example","software_id":"a","\ud800":1}""")]
    [InlineData("""{"iss":"https://issuer.example","software_id":"a"}}""")]
    [InlineData("""{"iss":"https://issuer.example","software_id":"a",}""")]
    [InlineData("""{"iss":"https://issuer.example","software_id":"a" /* x */}""")]
    [InlineData("""["iss"]""")]
    [InlineData("\"iss\"")]
    [InlineData("null")]
    [InlineData("x")]
    public async Task Refuses_claims_that_readers_could_read_differently(string claims) =>
        await new Verifying().RefusesAsync(SigningKey.Rsa.Jwt("""{"alg":"RS256"}""", claims), Json);

    [Theory, Trait("Requirement", "SS-22")]
    [InlineData("""{"alg":"RS256","alg":"none"}""")]
    [InlineData("""{"alg":"RS256","kid":"a","k\u0069d":"rsa"}""")]
    [InlineData("""["alg"]""")]
    public async Task Refuses_such_a_header_too(string header) =>
        await new Verifying().RefusesAsync(
            SigningKey.Rsa.Jwt(Encoding.UTF8.GetBytes(header), Encoding.UTF8.GetBytes(Verifying.Minimum + "}"), "RS256"), Json);

    [Fact, Trait("Requirement", "SS-22")]
    public async Task Refuses_what_is_not_utf_8()
    {
        var claims = Encoding.Latin1.GetBytes(Verifying.Minimum + ",\"client_name\":\"\u00fc\"}");
        await new Verifying().RefusesAsync(SigningKey.Rsa.Jwt(Encoding.UTF8.GetBytes("""{"alg":"RS256"}"""), claims), Json);
        var withMark = Encoding.UTF8.GetPreamble().Concat(Encoding.UTF8.GetBytes(Verifying.Minimum + "}")).ToArray();
        await new Verifying().RefusesAsync(SigningKey.Rsa.Jwt(Encoding.UTF8.GetBytes("""{"alg":"RS256"}"""), withMark), Json);
    }

    [Fact]
    public async Task Refuses_claims_nested_without_end() => await new Verifying().RefusesAsync(
        Verifying.Statement($",\"x\":{new string('[', 100)}{new string(']', 100)}"), Json);

    [Fact, Trait("Requirement", "SS-23")]
    public async Task Refuses_what_is_longer_than_allowed()
    {
        var padding = new string('x', 11_500);
        await new Verifying().VerifyAsync(Verifying.Statement($",\"note\":\"{padding}\""));
        await new Verifying().RefusesAsync(Verifying.Statement($",\"note\":\"{padding}{padding}\""), "at most 16384 are allowed");
        await new Verifying().RefusesAsync(new string('.', 200_000), "is 200000 octets long; at most 16384 are allowed");
    }
}
