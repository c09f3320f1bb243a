using GrpcDcr.TestKit.Samples;
using GrpcDcr.TestKit.Service;

namespace GrpcDcr.Conformance.Tests.SoftwareStatements;

/// <summary>RFC 7519 section 4.1 and RFC 8725: what the claims about a statement must say.</summary>
public sealed class ClaimTests(StatementServer shared) : IClassFixture<StatementServer>
{
    private readonly RunningServer _server = shared.Server;

    private long Now => _server.Time.GetUtcNow().ToUnixTimeSeconds();

    [Theory]
    [InlineData("{\"software_id\":\"product-7\",\"client_name\":\"a\"}")]
    [InlineData("{\"iss\":1,\"software_id\":\"product-7\",\"client_name\":\"a\"}")]
    [InlineData("{\"iss\":[\"https://issuer.example\"],\"software_id\":\"product-7\",\"client_name\":\"a\"}")]
    [InlineData("{\"iss\":null,\"software_id\":\"product-7\",\"client_name\":\"a\"}")]
    [Requirement("SS-04")]
    public Task Needs_an_issuer(string claims) => _server.RefusesAsync(SigningKey.Rsa.Jwt(Statement.Rs256, claims));

    [Fact]
    [Requirement("SS-08")]
    public async Task Lasts_from_nbf_to_exp()
    {
        await _server.RegisteredAsync(
            Statement.Body(Statement.Of($"\"client_name\":\"a\",\"exp\":{Now + 600},\"nbf\":{Now - 600},\"iat\":{Now}")));
        foreach (var times in new[] { $"\"exp\":{Now - 30}", $"\"nbf\":{Now + 30}", $"\"exp\":{Now + 1}.5" })
        {
            await _server.RegisteredAsync(Statement.Body(Statement.Of($"\"client_name\":\"a\",{times}")));
        }

        foreach (var times in new[]
        {
            $"\"exp\":{Now - 600}", $"\"exp\":{Now - 61}", $"\"nbf\":{Now + 600}", $"\"nbf\":{Now + 61}", "\"exp\":0", "\"exp\":-1",
        })
        {
            await _server.RefusesAsync(Statement.Of($"\"client_name\":\"a\",{times}"));
        }
    }

    [Theory]
    [InlineData("exp")]
    [InlineData("nbf")]
    [InlineData("iat")]
    [Requirement("SS-08")]
    public async Task Has_times_that_are_numbers(string claim)
    {
        foreach (var value in new[] { "\"x\"", "\"9999999999\"", "1e400", "9999999999999", "{}", "true", "null" })
        {
            await _server.RefusesAsync(Statement.Of($"\"client_name\":\"a\",\"{claim}\":{value}"));
        }
    }

    [Fact]
    [Requirement("SS-09")]
    public async Task Names_this_server_where_it_names_any()
    {
        var own = _server.PublicAddress.GetLeftPart(UriPartial.Authority);
        foreach (var audience in new[] { $"\"{own}\"", $"\"{own}/oauth/register\"", $"[\"https://other.example\",\"{own}\"]" })
        {
            await _server.RegisteredAsync(Statement.Body(Statement.Of($"\"client_name\":\"a\",\"aud\":{audience}")));
        }

        foreach (var audience in new[]
        {
            "\"https://other.example\"", $"\"{own}.evil.example\"", $"\"{own}/\"", $"[[\"{own}\"]]", "[\"https://other.example\"]", "[]",
            "1", "null",
        })
        {
            await _server.RefusesAsync(Statement.Of($"\"client_name\":\"a\",\"aud\":{audience}"));
        }
    }

    [Theory]
    [InlineData("""{"alg":"RS256","typ":"at+jwt"}""", "\"client_name\":\"a\"")]
    [InlineData("""{"alg":"RS256","typ":"application/at+jwt"}""", "\"client_name\":\"a\"")]
    [InlineData("""{"alg":"RS256","typ":"logout+jwt"}""", "\"client_name\":\"a\"")]
    [InlineData("""{"alg":"RS256"}""", "\"sub\":\"alice\",\"nonce\":\"n\",\"client_name\":\"a\"")]
    [InlineData(
        """{"alg":"RS256"}""",
        "\"events\":{\"http://schemas.openid.net/event/backchannel-logout\":{}},\"sid\":\"s\",\"client_name\":\"a\"")]
    [Requirement("SS-12")]
    public Task Is_no_other_kind_of_token(string header, string claims) =>
        _server.RefusesAsync(SigningKey.Rsa.Jwt(header, Statement.Claims(claims)));

    [Theory]
    [InlineData("""{"iss":"https://issuer.example","sub":"https://issuer.example","aud":"AUD","jti":"1","exp":9999999999}""")]
    [InlineData(
        """{"iss":"https://issuer.example","sub":"alice","aud":"AUD","client_id":"c","scope":"openid","jti":"1","exp":9999999999}""")]
    [Requirement("SS-12")]
    public Task Says_something_of_the_software(string claims) => _server.RefusesAsync(SigningKey.Rsa.Jwt(
        """{"alg":"RS256"}""",
        claims.Replace("AUD", _server.PublicAddress.GetLeftPart(UriPartial.Authority), StringComparison.Ordinal)));

    [Fact]
    [Requirement("SS-24")]
    public async Task Is_fresh_where_its_issuer_wants_it_so()
    {
        await _server.RegisteredAsync(Statement.Body(Fresh("fresh", Now - 240)));
        await _server.RefusesAsync(Fresh("old", Now - 360));
        await _server.RefusesAsync(Fresh("ahead", Now + 360));
        await _server.RefusesAsync(Statement.Of($"\"client_name\":\"a\",\"jti\":\"undated\",\"exp\":{Now + 600}", StatementServer.Fresh));
    }

    private string Fresh(string id, long issued) =>
        Statement.Of($"\"client_name\":\"a\",\"jti\":\"{id}\",\"iat\":{issued},\"exp\":{Now + 600}", StatementServer.Fresh);
}
