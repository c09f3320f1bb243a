using GrpcDcr.Server.Hosting.Settings;
using Microsoft.Extensions.Configuration;

namespace GrpcDcr.Server.Tests.Hosting.Settings;

public sealed class JwtSettingsTests
{
    private const string Audience = "Authentication:Jwt:Audience=https://dcr.example";
    private const string Authority = "Authentication:Jwt:Authority=https://as.example/realms/x";
    private const string Role = "Authentication:Jwt:Roles:Admin=dcr-admin urn:dcr:admin";

    [Fact]
    public void Nothing_is_trusted_by_default() => Assert.Null(Read().Jwt);

    [Fact]
    public void An_issuer_and_what_its_claims_mean()
    {
        var jwt = Read(Authority, Audience, Role, "Authentication:Jwt:Roles:Viewer:0=dcr-admin").Jwt!;

        Assert.Equal(
            ("https://as.example/realms/x", "https://as.example/realms/x/.well-known/openid-configuration", null),
            (jwt.Trust.Issuer, jwt.Trust.MetadataAddress, jwt.Plain));
        Assert.Equal(("roles", "", TimeSpan.FromMinutes(1)), (jwt.Trust.RoleClaim, jwt.Trust.NameClaim, jwt.Trust.ClockSkew));
        Assert.Equal(["at+jwt"], jwt.Trust.Types);
        Assert.Equal(["admin", "viewer"], jwt.Trust.Roles["dcr-admin"]);
        Assert.Equal(["admin"], jwt.Trust.Roles["urn:dcr:admin"]);
        Assert.Empty(jwt.Trust.Roles["admin"]);
    }

    [Theory]
    [InlineData("http://127.0.0.1:9000", "127.0.0.1:9000")]
    [InlineData("http://[::1]:9000", "[::1]:9000")]
    [InlineData("http://localhost", "localhost")]
    public void Plain_http_is_for_this_machine(string authority, string plain) =>
        Assert.Equal(plain, Read($"Authentication:Jwt:Authority={authority}", Audience, Role).Jwt!.Plain);

    [Theory]
    [InlineData("Authentication:Jwt:Authority=http://as.example", "Authentication:Jwt:Authority (tests) is 'http://as.example'")]
    [InlineData("Authentication:Jwt:Authority=http://localhost.evil.example", "Authentication:Jwt:Authority (tests)")]
    [InlineData("Authentication:Jwt:Authority=as.example", "Authentication:Jwt:Authority (tests)")]
    [InlineData("Authentication:Jwt:Authority=https://as.example?x=1", "Authentication:Jwt:Authority (tests)")]
    [InlineData("Authentication:Jwt:Authority=https://u:p@as.example", "Authentication:Jwt:Authority (tests)")]
    [InlineData("Authentication:Jwt:MetadataAddress=ftp://as.example", "Authentication:Jwt:MetadataAddress (tests)")]
    [InlineData("Authentication:Jwt:Authority=", "Authentication:Jwt:Authority")]
    [InlineData("Authentication:Jwt:Audience=", "otherwise JWTs for any other service would be accepted")]
    [InlineData("Authentication:Jwt:Roles:Admin=", "Authentication:Jwt:Roles")]
    [InlineData("Authentication:Jwt:Roles:Operator=x", "Authentication:Jwt:Roles:Operator (tests) is not a setting. Allowed in")]
    [InlineData("Authentication:Jwt:RoleClaim=", "Authentication:Jwt:RoleClaim")]
    [InlineData("Authentication:Jwt:ValidTypes=", "Authentication:Jwt:ValidTypes")]
    [InlineData("Authentication:Jwt:ClockSkew=00:06:00", "00:00:00 to 00:05:00")]
    public void What_is_wrong_is_named(string setting, string problem) =>
        Assert.Contains(problem, Assert.Single(ProblemsOf(Authority, Audience, Role, setting)), StringComparison.Ordinal);

    [Fact]
    public void Everything_that_is_missing_is_named_at_once() => Assert.Equal(3, ProblemsOf("Authentication:Jwt:NameClaim=email").Count);

    private static IReadOnlyList<string> ProblemsOf(params string[] settings) =>
        Assert.Throws<SettingsException>(() => Read(settings)).Problems;

    private static ServerSettings Read(params string[] settings)
    {
        var values = new Dictionary<string, string?>();
        foreach (var setting in settings)
        {
            var equals = setting.IndexOf('=', StringComparison.Ordinal);
            values[setting[..equals]] = setting[(equals + 1)..];
        }

        return ServerSettings.Read(
            SettingSources.Of(new ConfigurationBuilder().AddInMemoryCollection(values).Build(), (_, _) => "tests"), []);
    }
}
