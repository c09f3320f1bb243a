
using GrpcDcr.Server.Hosting.Settings;
using GrpcDcr.TestKit.Service;

namespace GrpcDcr.Integration.Tests.Hosting;

/// <summary>A wrong setting stops the start, and the message says which, what it is, and what is allowed.</summary>
public sealed class WrongSettingsTests
{
    [Theory]
    [InlineData("ENABLE_DYNAMIC_CLIENT_REGISTRATION=yes", "true or false")]
    [InlineData("DYNAMIC_CLIENT_REGISTRATION_RATE_LIMIT=0", "from 1 to")]
    [InlineData("DYNAMIC_CLIENT_REGISTRATION_RATE_LIMIT=five", "a whole number")]
    [InlineData("DYNAMIC_CLIENT_REGISTRATION_RATE_LIMIT=-1", "from 1 to")]
    [InlineData("RateLimit:Global=0", "from 1 to")]
    [InlineData("RateLimit:Global=lots", "a whole number")]
    [InlineData("Kestrel:Endpoints:Public:Url=127.0.0.1:8080", "http://127.0.0.1:8080")]
    [InlineData("Kestrel:Endpoints:Internal:Url=http://somewhere.example:1", "address of this machine")]
    [InlineData("Kestrel:Endpoints:Admin:Url=http://127.0.0.1:1/admin", "address of this machine")]
    [InlineData("Kestrel:Endpoints:Public:Url=ftp://127.0.0.1", "http:// or https://")]
    [InlineData("Kestrel:Endpoints:Public:Url=http://0.0.0.0:0", "TrustedProxies")]
    [InlineData("Kestrel:Endpoints:Internal:Url=http://[::]:0", "TrustedProxies")]
    [InlineData("Kestrel:Endpoints:Admin:Url=http://10.0.0.1:0", "TrustedProxies")]
    [InlineData("PublicBaseUrl=http://as.example", "https origin")]
    [InlineData("PublicBaseUrl=https://as.example/path", "without path")]
    [InlineData("PublicBaseUrl=https://as.example/?", "without path")]
    [InlineData("PublicBaseUrl=https://as.example?q=1", "without path")]
    [InlineData("PublicBaseUrl=https://as.example#f", "without path")]
    [InlineData("PublicBaseUrl=https://u:p@as.example", "https origin")]
    [InlineData("PublicBaseUrl= https://as.example", "https origin")]
    [InlineData("PublicBaseUrl=as.example", "https origin")]
    [InlineData("PublicBaseUrl=http://localhost.evil.example", "https origin")]
    [InlineData("ForwardedHeaders:TrustedProxies=10.0.0.0/33", "CIDR")]
    [InlineData("ForwardedHeaders:TrustedProxies=proxy.example", "CIDR")]
    [InlineData("Storage:Engine=Oracle", "LiteDb or Postgres")]
    [InlineData("Storage:Postgres:CacheBytes=10", "1048576")]
    [InlineData("Storage:Postgres:Schema=Public", "lower-case")]
    [InlineData("Storage:Postgres:Schema=pg_x", "lower-case")]
    [InlineData("Storage:Postgres:Migrate=perhaps", "true or false")]
    [InlineData("Storage:Postgres:MaxStaleness=2.00:00:00", "1.00:00:00")]
    [InlineData("Storage:LiteDb:CacheBytes=10", "1048576")]
    [InlineData("Metadata:BaseDocumentPath=/nowhere/at/all.json", "readable file")]
    [InlineData("Registration:Approval=Sometimes", "Manual or Automatic")]
    [InlineData("Registration:Approval=1", "Manual or Automatic")]
    [InlineData("Registration:Compatibility=perhaps", "true or false")]
    [InlineData("Registration:GrantTypes=authorization_code password", "password")]
    [InlineData("Registration:GrantTypes=refresh_token", "besides refresh_token")]
    [InlineData("Registration:ResponseTypes=token", "implicit")]
    [InlineData("Registration:TokenEndpointAuthMethods=private_key", "client_secret_basic")]
    [InlineData("Registration:DefaultScope=admin", "AllowedScopes")]
    [InlineData("Registration:PrivateUseSchemes=javascript", "dangerous")]
    [InlineData("Registration:MaxRedirectUris=0", "1 to 1000")]
    public async Task Names_key_value_and_what_is_allowed(string setting, string allowed)
    {
        var (key, value) = (setting.Split('=', 2)[0], setting.Split('=', 2)[1]);

        var message = await RefusedAsync(setting);

        Assert.Contains(
            key.StartsWith("Registration:Res", StringComparison.Ordinal) ? "Registration:ResponseTypes" : key, message,
            StringComparison.Ordinal);
        Assert.Contains(value.Split(' ')[^1], message, StringComparison.Ordinal);
        Assert.Contains(allowed, message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Authentication:Tokens:admin:Token=short")]
    [InlineData("Authentication:Tokens:admin:Token=has spaces in it, and more")]
    [InlineData("DYNAMIC_CLIENT_REGISTRATION_TOKEN=with \"quotes\"")]
    public async Task Does_not_repeat_a_token_that_is_wrong(string setting)
    {
        var message = await RefusedAsync(setting);

        Assert.Contains(setting.Split('=')[0], message, StringComparison.Ordinal);
        Assert.DoesNotContain(setting.Split('=')[1], message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Kestrel:Endpoints:Pubilc:Url=http://127.0.0.1:1", "Kestrel:Endpoints:Pubilc", "Public")]
    [InlineData("Registration:Aproval=Manual", "Registration:Aproval", "Approval")]
    [InlineData("Authentication:Tokens:admin:Tokn=x", "Authentication:Tokens:admin:Tokn", "Token")]
    [InlineData("Registraton:InitialAccessTokenRequired=true", "Registraton", "Registration")]
    [InlineData("ForwardedHeaders_Enabled=true", "ForwardedHeaders_Enabled", "ForwardedHeaders")]
    [InlineData("RateLimit:Local=1", "RateLimit:Local", "Global")]
    [InlineData("Storage:Engin=LiteDb", "Storage:Engin", "Engine")]
    [InlineData("Storage:LiteDb:File=x", "Storage:LiteDb:File", "Path")]
    [InlineData("Kestrel:Endpoints:Http:Url=http://127.0.0.1:0", "Kestrel:Endpoints:Http", "Public, Internal, Admin, Management")]
    [InlineData("Registration:Approval:0=Manual", "Registration:Approval:0", "one value")]
    public async Task Takes_a_key_it_does_not_know_for_a_mistake(string setting, string key, string meant)
    {
        var message = await RefusedAsync(setting);

        Assert.Contains(key, message, StringComparison.Ordinal);
        Assert.Contains(meant, message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Names_every_problem_at_once()
    {
        var message = await RefusedAsync("RateLimit:Global=0", "PublicBaseUrl=nonsense", "Registration:Approval=x");

        Assert.Contains("RateLimit:Global", message, StringComparison.Ordinal);
        Assert.Contains("PublicBaseUrl", message, StringComparison.Ordinal);
        Assert.Contains("Registration:Approval", message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("ForwardedHeaders:TrustedProxies=10.0.0.7")]
    [InlineData("Kestrel:Endpoints:Public:Url=https://0.0.0.0:0")]
    public async Task Asks_for_the_origin_where_it_cannot_know_it(string setting)
    {
        Assert.Matches(@"PublicBaseUrl \(.*appsettings\.json\) is ''\. Allowed: the https origin", await RefusedAsync(setting));
    }

    [Fact]
    public async Task Keeps_the_listeners_apart()
    {
        var message = await RefusedAsync(
            "Kestrel:Endpoints:Public:Url=http://127.0.0.1:18080", "Kestrel:Endpoints:Admin:Url=http://127.0.0.1:18080");

        Assert.Contains("Kestrel:Endpoints:Admin:Url (command line) is 'http://127.0.0.1:18080'", message, StringComparison.Ordinal);
        Assert.Contains("Kestrel:Endpoints:Public", message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("[]")]
    [InlineData("{")]
    [InlineData("{\"issuer\":\"http://as.example\"}")]
    [InlineData("{\"issuer\":\"https://as.example?x\"}")]
    [InlineData("{\"issuer\":1}")]
    [InlineData("{\"issuer\":\"https://a.example\",\"issuer\":\"https://b.example\"}")]
    public async Task Refuses_a_base_document_that_is_none(string document)
    {
        var file = Path.GetTempFileName();
        await File.WriteAllTextAsync(file, document);

        var message = await RefusedAsync("Metadata:BaseDocumentPath=" + file);

        File.Delete(file);
        Assert.Contains(file, message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("PublicBaseUrl=https://as.example/", "https://as.example")]
    [InlineData("PublicBaseUrl=https://as.example:8443", "https://as.example:8443")]
    [InlineData("PublicBaseUrl=http://localhost:5000", "http://localhost:5000")]
    [InlineData("PublicBaseUrl=http://[::1]:5000", "http://[::1]:5000")]
    public async Task Takes_an_origin(string setting, string origin)
    {
        await using var server = await RunningServer.StartAsync(setting);

        var document = (await server.SendAsync(HttpMethod.Get, "/.well-known/oauth-authorization-server", null)).Json;

        Assert.Equal(origin + "/oauth/register", document.GetProperty("registration_endpoint").GetString());
    }

    [Fact]
    public async Task Listens_beyond_this_machine_where_a_trusted_proxy_is_named()
    {
        await using var server = await RunningServer.StartAsync(
            "Kestrel:Endpoints:Public:Url=http://0.0.0.0:0", "ForwardedHeaders:TrustedProxies=10.0.0.7",
            "PublicBaseUrl=https://as.example");

        Assert.Equal("0.0.0.0", server.PublicAddress.Host);
    }

    /// <summary>The message; nothing was started, and no data folder made.</summary>
    private static async Task<string> RefusedAsync(params string[] settings)
    {
        var folder = Path.Combine(Path.GetTempPath(), "grpcdcr-never-made");
        var refusal = await Assert.ThrowsAsync<SettingsException>(() => RunningServer.StartInAsync(folder, settings));
        Assert.False(System.IO.Directory.Exists(folder));
        return refusal.Message;
    }
}
