using GrpcDcr.TestKit.Samples;

namespace GrpcDcr.Server.Tests.SoftwareStatements;

/// <summary>What the log has of a statement: its issuer, software and identifier.</summary>
public sealed class LogTests
{
    private const string Secret = "do-not-log";

    private static readonly string Everywhere =
        $$""","client_name":"{{Secret}}","redirect_uris":["https://{{Secret}}/"],"contacts":"""
        + $$"""["{{Secret}}"],"sub":"{{Secret}}","jti":"id-1","aud":"AUDIENCE" """;

    [Theory]
    [InlineData(
        "https://as.example", """{"alg":"RS256"}""",
        "STATEMENT_VERIFIED issuer 'https://issuer.example', software 'product-7', jti 'id-1'")]
    [InlineData(
        "https://do-not-log", """{"alg":"RS256"}""",
        "STATEMENT_REFUSED issuer 'https://issuer.example', software 'product-7', jti 'id-1': ")]
    [InlineData(
        "https://as.example", """{"alg":"do-not-log"}""",
        "STATEMENT_REFUSED issuer 'https://issuer.example', software 'product-7', jti 'id-1': ")]
    [InlineData("https://as.example", """{"alg":"RS256","typ":"do-not-log"}""", "STATEMENT_REFUSED issuer")]
    [InlineData("https://as.example", """{"alg":"RS256","kid":"do-not-log"}""", "STATEMENT_REFUSED issuer")]
    public async Task Names_a_statement_and_repeats_nothing_else(string audience, string header, string line)
    {
        var claims = Verifying.Minimum + Everywhere.Replace("AUDIENCE", audience, StringComparison.Ordinal) + "}";
        var statement = SigningKey.Rsa.Jwt(System.Text.Encoding.UTF8.GetBytes(header), System.Text.Encoding.UTF8.GetBytes(claims), "RS256");
        await Expect(new Verifying(), statement, line);
    }

    [Fact]
    public async Task Names_software_that_is_not_approved() => await Expect(
        new Verifying(issuer => issuer.DeniedSoftware = "product-7"),
        Verifying.Statement(),
        "STATEMENT_UNAPPROVED issuer 'https://issuer.example', software 'product-7', jti none");

    [Fact]
    public async Task Shows_no_character_that_could_forge_a_line() => await Expect(
        new Verifying(), SigningKey.Rsa.Jwt("""{"alg":"RS256"}""", """{"iss":"x\nSTATEMENT_VERIFIED","jti":"\u202e\u001b[1m"}"""),
        "STATEMENT_REFUSED issuer 'x?STATEMENT_VERIFIED', software none, jti '??[1m'");

    private static async Task Expect(Verifying verifying, string statement, string line)
    {
        await verifying.VerdictOfAsync(statement);
        var logged = Assert.Single(verifying.Log);
        Assert.StartsWith(line, logged, StringComparison.Ordinal);
        Assert.DoesNotContain(Secret, logged, StringComparison.Ordinal);
        Assert.DoesNotContain(statement.Split('.')[1], logged, StringComparison.Ordinal);
    }
}
