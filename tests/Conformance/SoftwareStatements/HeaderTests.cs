using GrpcDcr.Conformance.Tests.Support;
using GrpcDcr.Doors.Tests.Support;
using GrpcDcr.Server.Tests.Registration.Fetching.Support;
using GrpcDcr.Server.Tests.Registration.Statements;

namespace GrpcDcr.Conformance.Tests.SoftwareStatements;

/// <summary>RFC 7515 section 4.1, RFC 8725 section 3: what a header may ask for.</summary>
public sealed class HeaderTests(StatementServer shared) : IClassFixture<StatementServer>
{
    private const string NoSignature = "no valid signature";
    private const string OtherKind = "JWT of another kind";

    private readonly RunningServer server = shared.Server;

    [Theory]
    [InlineData("\"crit\":[\"exp\"],\"exp\":1")]
    [InlineData("\"crit\":[\"b64\"],\"b64\":false")]
    [InlineData("\"crit\":[]")]
    [InlineData("\"b64\":false")]
    [Requirement("SS-10")]
    public Task Asks_for_no_extension(string member) => server.RefusesStatementAsync(
        StatementIssuer.One.Statement("\"software_id\":\"a\"", $$"""{"alg":"RS256",{{member}}}"""), "no extension is understood");

    /// <summary>The service would be allowed to ask the attacker's server, and does not.</summary>
    [Fact]
    [Requirement("SS-11")]
    public async Task Brings_no_key_of_its_own_and_sends_nobody_to_look_for_it()
    {
        await using var evil = HostileServer.Tls(conversation => conversation.SendJsonAsync(SigningKey.Set(SigningKey.OtherRsa.Jwk())));
        await using var trusting = await RunningServer.StartAsync(
            [.. StatementIssuer.One.Trusted(), $"Fetching:AllowedHosts=localhost:{evil.Port}", "Fetching:CertificateAuthorities=" + TestAuthority.Only.PemPath]);
        var (forger, address) = (StatementIssuer.One with { Key = SigningKey.OtherRsa }, $"https://localhost:{evil.Port}/keys");

        foreach (var member in new[]
        {
            $"\"jwk\":{SigningKey.OtherRsa.Jwk()}", $"\"jwk\":{SigningKey.OtherRsa.Jwk()},\"kid\":\"rsa\"", $"\"jku\":\"{address}\"",
            $"\"x5u\":\"{address}\"", $"\"kid\":\"{address}\"", $"\"x5c\":[\"{Convert.ToBase64String(TestAuthority.Only.Good.RawData)}\"]",
        })
        {
            await trusting.RefusesStatementAsync(
                forger.Statement($"\"software_id\":\"a\",\"jwks_uri\":\"{address}\"", $$"""{"alg":"RS256",{{member}}}"""), NoSignature);
        }

        Assert.Equal(0, await evil.ArrivalsAsync());
    }

    [Theory]
    [InlineData("' OR 1=1 --")]
    [InlineData("../../../../etc/passwd")]
    [InlineData("rsa\\u0000")]
    [InlineData("RSA")]
    [InlineData("")]
    [Requirement("SS-11")]
    public Task Names_a_key_and_nothing_else(string keyId) => server.RefusesStatementAsync(
        StatementIssuer.One.Statement("\"software_id\":\"a\"", $$"""{"alg":"RS256","kid":"{{keyId}}"}"""), NoSignature);

    [Theory]
    [InlineData("at+jwt")]
    [InlineData("application/at+jwt")]
    [InlineData("logout+jwt")]
    [InlineData("client-authentication+jwt")]
    [InlineData("oauth-authz-req+jwt")]
    [InlineData("dpop+jwt")]
    [Requirement("SS-12")]
    public Task Says_of_no_other_kind_that_it_is_one(string type) => server.RefusesStatementAsync(
        StatementIssuer.One.Statement("\"software_id\":\"a\"", $$"""{"alg":"RS256","typ":"{{type}}"}"""), OtherKind);

    /// <summary>All of the trusted issuer, for this service, in their time and without a type.</summary>
    [Theory]
    [InlineData("ID token", "\"sub\":\"user\",\"nonce\":\"n\",\"scope\":\"openid\"")]
    [InlineData("ID token that has metadata", "\"sub\":\"user\",\"auth_time\":1,\"client_name\":\"A\"")]
    [InlineData("access token", "\"sub\":\"user\",\"client_id\":\"c\",\"scope\":\"email\"")]
    [InlineData("logout token", "\"sub\":\"user\",\"events\":{\"http://schemas.openid.net/event/backchannel-logout\":{}}")]
    [InlineData("client assertion", "\"sub\":\"https://issuer.example\"")]
    [Requirement("SS-12")]
    public async Task Is_not_needed_to_tell_other_kinds_apart(string kind, string claims)
    {
        Assert.NotEmpty(kind);
        await server.RefusesStatementAsync(StatementIssuer.One.Fresh(server, $"\"aud\":\"{server.PublicAddress.GetLeftPart(UriPartial.Authority)}\",{claims}"));
    }

    [Theory]
    [InlineData("""{"alg":"RS256"}""")]
    [InlineData("""{"alg":"RS256","typ":"JWT","kid":"rsa"}""")]
    [InlineData("""{"alg":"RS256","typ":"application/jwt","jku":"https://issuer.example/jwks","x5t":"AAAA"}""")]
    public async Task May_say_more_than_is_needed(string header) =>
        (await server.RegisterAsync(StatedCalls.Body(StatementIssuer.One.Statement("\"software_id\":\"a\"", header)))).IsRegistration();
}
