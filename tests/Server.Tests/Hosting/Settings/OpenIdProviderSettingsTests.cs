using GrpcDcr.Server.Hosting.Settings;
using Microsoft.Extensions.Configuration;

namespace GrpcDcr.Server.Tests.Hosting.Settings;

public sealed class OpenIdProviderSettingsTests
{
    private const string Authority = "Authentication:OpenIdConnect:Authority=https://as.example/realms/x";
    private const string Client = "Authentication:OpenIdConnect:ClientId=console";
    private const string ClientSecret = "Authentication:OpenIdConnect:ClientSecret=hush";
    private const string Role = "Authentication:OpenIdConnect:Roles:Admin=dcr-admin urn:dcr:admin";

    [Fact]
    public void There_is_none_by_default() => Assert.Null(Read().OpenIdProvider);

    [Fact]
    public void A_provider_and_what_its_claims_mean()
    {
        var provider = Read(Authority, Client, ClientSecret, Role, "Authentication:OpenIdConnect:Roles:Viewer:0=dcr-admin").OpenIdProvider!;

        Assert.Equal(
            ("https://as.example/realms/x", "as.example", null, "console"),
            (provider.Authority, provider.Host(), provider.Plain, provider.ClientId));
        Assert.Equal(["openid", "profile"], provider.Scopes);
        Assert.Equal(("roles", ""), (provider.Meanings.RoleClaim, provider.Meanings.NameClaim));
        Assert.Equal(["admin", "viewer"], provider.Meanings.Roles["dcr-admin"]);
        Assert.Empty(provider.Meanings.Roles["admin"]);
        Assert.DoesNotContain("hush", $"{provider}", StringComparison.Ordinal);
    }

    [Fact]
    public void Plain_http_is_for_this_machine() => Assert.Equal(
        "127.0.0.1:9000",
        Read("Authentication:OpenIdConnect:Authority=http://127.0.0.1:9000", Client, ClientSecret, Role).OpenIdProvider!.Plain);

    [Theory]
    [InlineData("Authentication:OpenIdConnect:Authority=http://as.example", "Authentication:OpenIdConnect:Authority (tests)")]
    [InlineData("Authentication:OpenIdConnect:Authority=", "Authentication:OpenIdConnect:Authority")]
    [InlineData("Authentication:OpenIdConnect:ClientId=", "Authentication:OpenIdConnect:ClientId")]
    [InlineData("Authentication:OpenIdConnect:ClientSecret=", "Authentication:OpenIdConnect:ClientSecret")]
    [InlineData("Authentication:OpenIdConnect:Scopes=profile", "scopes with openid among them")]
    [InlineData("Authentication:OpenIdConnect:RoleClaim=", "Authentication:OpenIdConnect:RoleClaim")]
    [InlineData("Authentication:OpenIdConnect:Roles:Admin=", "one or more of the roles admin, approver, viewer")]
    [InlineData("Authentication:OpenIdConnect:Roles:Directory=x", "Authentication:OpenIdConnect:Roles:Directory (tests) is not a setting")]
    [InlineData("Console:Enabled=false", "Authentication:OpenIdConnect is set, but Console:Enabled is false.")]
    public void What_is_wrong_is_named(string setting, string problem) =>
        Assert.Contains(problem, Assert.Single(ProblemsOf(Authority, Client, ClientSecret, Role, setting)), StringComparison.Ordinal);

    [Fact]
    public void Everything_that_is_missing_is_named_at_once() =>
        Assert.Equal(4, ProblemsOf("Authentication:OpenIdConnect:NameClaim=email").Count);

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
