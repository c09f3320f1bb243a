using GrpcDcr.Server.Hosting.Settings;

namespace GrpcDcr.Server.Tests.Hosting.Settings;

/// <summary>Which variables are settings, which are nearly, and which belong to somebody else.</summary>
public sealed class EnvironmentNamesTests
{
    [Theory]
    [InlineData("Registration__Approval", "Registration:Approval")]
    [InlineData("REGISTRATION__ALLOWEDSCOPES__0", "REGISTRATION:ALLOWEDSCOPES:0")]
    [InlineData("Logging__LogLevel__Default", "Logging:LogLevel:Default")]
    [InlineData("PublicBaseUrl", "PublicBaseUrl")]
    [InlineData("ENABLE_DYNAMIC_CLIENT_REGISTRATION", "ENABLE_DYNAMIC_CLIENT_REGISTRATION")]
    [InlineData("DYNAMIC_CLIENT_REGISTRATION_TOKEN_FILE", "DYNAMIC_CLIENT_REGISTRATION_TOKEN_FILE")]
    [InlineData("Kestrel__Nonsense", "Kestrel:Nonsense")]
    public void Takes_every_name_below_a_known_section(string name, string key)
    {
        var (settings, problems) = Read(name);

        Assert.Empty(problems);
        Assert.Equal(key, Assert.Single(settings).Key);
    }

    [Theory]
    [InlineData("Registration_Approval", "Registration__")]
    [InlineData("RATELIMIT_GLOBAL", "RateLimit__")]
    [InlineData("Registraton__InitialAccessTokenRequired", "Registration__")]
    [InlineData("Software_Statements__Issuers__x__Issuer", "SoftwareStatements__")]
    [InlineData("Storge__Engine", "Storage__")]
    [InlineData("Registrations__InitialAccessTokenRequired", "Registration__")]
    [InlineData("Storages__Engine", "Storage__")]
    [InlineData("RateLimits__Global", "RateLimit__")]
    [InlineData("Capability__Features", "Capabilities__Features")]
    [InlineData("Statments__Issuers__d__Issuer", "SoftwareStatements__Issuers__d__Issuer")]
    [InlineData("Scopes__AllowedScopes__0", "Registration__AllowedScopes__0")]
    [InlineData("Postgres__Schema", "Storage__Postgres__Schema")]
    [InlineData("Tokens__ops__Token", "Authentication__Tokens__ops__Token")]
    [InlineData("ENABEL_DYNAMIC_CLIENT_REGISTRATION", "ENABLE_DYNAMIC_CLIENT_REGISTRATION")]
    [InlineData("DYNAMIC_CLIENT_REGISTRATION_TOKN", "DYNAMIC_CLIENT_REGISTRATION_TOKEN")]
    [InlineData("DYNAMIC_CLIENT_REGISTRATION_TOKENS", "DYNAMIC_CLIENT_REGISTRATION_TOKEN")]
    [InlineData("DYNAMIC_CLIENT_REGISTRATION_RATELIMIT", "DYNAMIC_CLIENT_REGISTRATION_RATE_LIMIT")]
    [InlineData("PUBLIC_BASE_URL", "PublicBaseUrl")]
    [InlineData("PublicBaseUri", "PublicBaseUrl")]
    [InlineData("ENABLE_DYNAMIC_CLIENT_REGISTRATIONS", "ENABLE_DYNAMIC_CLIENT_REGISTRATION")]
    [InlineData("ENABLE_DYNAMIC_REGISTRATION", "ENABLE_DYNAMIC_CLIENT_REGISTRATION")]
    [InlineData("DYNAMIC_CLIENT_TOKEN", "DYNAMIC_CLIENT_REGISTRATION_TOKEN")]
    [InlineData("DYNAMIC_CLIENT_REGISTRATION_TOKENFILE", "DYNAMIC_CLIENT_REGISTRATION_TOKEN_FILE")]
    [InlineData("ASPNETCORE_FORWARDEDHEADERS_ENABLED", "ForwardedHeaders__TrustedProxies")]
    [InlineData("DOTNET_FORWARDEDHEADERS_ENABLED", "ForwardedHeaders__TrustedProxies")]
    [InlineData("ASPNETCORE_Kestrel__Certificates__Default__Path", "Kestrel__Certificates__Default__Path")]
    public void Refuses_what_is_nearly_a_setting(string name, string meant)
    {
        var (settings, problems) = Read(name);

        Assert.Empty(settings);
        var problem = Assert.Single(problems);
        Assert.StartsWith($"{name} (environment variable) is not a setting.", problem, StringComparison.Ordinal);
        Assert.Contains(meant, problem, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("PATH")]
    [InlineData("HOME")]
    [InlineData("LC_ALL")]
    [InlineData("GRPCDCR_SERVICE_HOST")]
    [InlineData("GRPCDCR_PORT")]
    [InlineData("GRPCDCR_PORT_8080_TCP")]
    [InlineData("STORAGE_SERVICE_HOST")]
    [InlineData("STORAGE_SERVICE_PORT_HTTP")]
    [InlineData("REGISTRATION_PORT_8080_TCP_ADDR")]
    [InlineData("ASPNETCORE_URLS")]
    [InlineData("ASPNETCORE_ENVIRONMENT")]
    [InlineData("DOTNET_gcServer")]
    [InlineData("ConnectionStrings__Default")]
    [InlineData("Serilog__MinimumLevel__Default")]
    [InlineData("Shop__Path")]
    [InlineData("__CF_USER_TEXT_ENCODING")]
    public void Leaves_the_names_of_others_alone(string name)
    {
        var (settings, problems) = Read(name);

        Assert.Empty(settings);
        Assert.Empty(problems);
    }

    [Fact]
    public void Refuses_a_setting_in_two_spellings()
    {
        var problems = new List<string>();

        EnvironmentNames.SettingsAmong(
            [KeyValuePair.Create("Registration__Approval", (string?)"Manual"), KeyValuePair.Create("REGISTRATION__APPROVAL", (string?)"x")],
            "environment variable", problems);

        Assert.Contains("is set twice", Assert.Single(problems), StringComparison.Ordinal);
    }

    private static (Dictionary<string, string?> Settings, List<string> Problems) Read(string name)
    {
        var problems = new List<string>();
        return (EnvironmentNames.SettingsAmong([KeyValuePair.Create(name, (string?)"x")], "environment variable", problems), problems);
    }
}
