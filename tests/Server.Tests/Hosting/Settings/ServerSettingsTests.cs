using GrpcDcr.Server.Endpoints.Security;
using GrpcDcr.Server.Hosting.Settings;
using GrpcDcr.Server.Policy;
using Microsoft.Extensions.Configuration;

namespace GrpcDcr.Server.Tests.Hosting.Settings;

public sealed class ServerSettingsTests
{
    private const string Exposed = "Kestrel:Endpoints:Public:Url=http://0.0.0.0:8080";
    private const string Proxy = "ForwardedHeaders:TrustedProxies=10.0.0.7";

    [Fact]
    public void Has_a_default_for_everything()
    {
        var settings = Read();
        Assert.Equal(
            ["http://127.0.0.1:8080/", "http://127.0.0.1:8081/", "http://127.0.0.1:8082/", "http://127.0.0.1:8083/"],
            Listener.All.Select(listener => $"{settings.Listeners.Urls[listener]}"));
        Assert.Equal(
            (false, "", 5, 600),
            (settings.Admission.Enabled, settings.Admission.Token, settings.Admission.RateLimit, settings.Admission.GlobalRateLimit));
        Assert.Equal(
            ("data", ApprovalMode.Manual, null),
            (settings.Storage.LiteDb.Path, settings.Registration.Server.Approval, settings.PublicBaseUrl));
        Assert.Empty(settings.TrustedProxies);
        Assert.Empty(settings.Tokens);
        Assert.Null(settings.RedisLimits);
    }

    [Fact]
    public void Reads_every_kind_of_value()
    {
        var settings = Read(
            "ENABLE_DYNAMIC_CLIENT_REGISTRATION=TRUE", "DYNAMIC_CLIENT_REGISTRATION_TOKEN=abcdefghijklmnop",
            "DYNAMIC_CLIENT_REGISTRATION_RATE_LIMIT=7",
            "RateLimit:Global=70", "Registration:Approval=automatic", "Registration:Compatibility=0", "Registration:MaxContacts=3",
            "Registration:AllowUnlistedPrivateUseSchemes=true", "registration:allowedscopes=email profile x", "Storage:Engine=litedb",
            "Storage:LiteDb:Path=/tmp/x", "ForwardedHeaders:TrustedProxies=10.0.0.7 10.1.0.0/16,fd00::/8",
            "PublicBaseUrl=https://as.example/");
        Assert.Equal(
            (true, "abcdefghijklmnop", 7, 70),
            (settings.Admission.Enabled, settings.Admission.Token, settings.Admission.RateLimit, settings.Admission.GlobalRateLimit));
        var server = settings.Registration.Server;
        Assert.Equal(
            (ApprovalMode.Automatic, false, 3, true),
            (server.Approval, server.Compatibility, server.MaxContacts, server.AllowUnlistedPrivateUseSchemes));
        Assert.Equal(
            ("email profile x", "/tmp/x", "https://as.example"),
            (settings.Registration.Server.AllowedScopes, settings.Storage.LiteDb.Path, settings.PublicBaseUrl));
        Assert.Equal(["10.0.0.7/32", "10.1.0.0/16", "fd00::/8"], settings.TrustedProxies.Select(network => network.ToString()));
    }

    [Theory]
    [InlineData("ENABLE_DYNAMIC_CLIENT_REGISTRATION", "yes", "true or false")]
    [InlineData("DYNAMIC_CLIENT_REGISTRATION_RATE_LIMIT", "0", "from 1 to 2147483647")]
    [InlineData("DYNAMIC_CLIENT_REGISTRATION_RATE_LIMIT", "-5", "from 1 to 2147483647")]
    [InlineData("DYNAMIC_CLIENT_REGISTRATION_RATE_LIMIT", "5.0", "a whole number")]
    [InlineData("DYNAMIC_CLIENT_REGISTRATION_RATE_LIMIT", "99999999999", "a whole number")]
    [InlineData("RateLimit:Global", "0", "from 1 to 2147483647")]
    [InlineData("RateLimit:Global", "many", "a whole number")]
    [InlineData("RateLimit:Store", "Disk", "Memory or Redis")]
    [InlineData("Registration:Approval", "later", "Manual or Automatic")]
    [InlineData("Registration:Approval", "1", "Manual or Automatic")]
    [InlineData("Registration:Compatibility", "on", "true or false")]
    [InlineData("Registration:MaxContacts", "1e3", "a whole number")]
    [InlineData("Registration:MaxContacts", "-1", "0 to 1000")]
    [InlineData("Registration:GrantTypes", "password", "authorization_code")]
    [InlineData("Storage:Engine", "Oracle", "LiteDb or Postgres")]
    [InlineData("Storage:LiteDb:CacheBytes", "1024", "from 1048576")]
    [InlineData("Kestrel:Endpoints:Public:Url", "8080", "http://127.0.0.1:8080")]
    [InlineData("Kestrel:Endpoints:Public:Url", "http://as.example:8080", "an address of this machine")]
    [InlineData("Kestrel:Endpoints:Internal:Url", "http://127.0.0.1:8081/path", "an address of this machine")]
    [InlineData("Kestrel:Endpoints:Admin:Url", "ftp://127.0.0.1", "http:// or https://")]
    [InlineData("Kestrel:Endpoints:Management:Url", "http://localhost:0", "an address of this machine")]
    [InlineData("Kestrel:Endpoints:Internal:Protocols", "Http1", "Http2 or Http1AndHttp2")]
    [InlineData("Kestrel:Endpoints:Public:Protocols", "Http1AndHttp2AndHttp3", "Http1 or Http2 or Http1AndHttp2")]
    [InlineData("Kestrel:Endpoints:Public:ClientCertificateMode", "Perhaps", "RequireCertificate")]
    [InlineData("Kestrel:Endpoints:Public:MaxConnections", "0", "from 1 to")]
    [InlineData("Kestrel:Certificates:Default:Path", "/no/such/file.pem", "a file that can be read; there is no /no/such/file.pem")]
    [InlineData("Kestrel:Certificates:Default:Path", "/dev/null", "a PKCS #12 file")]
    [InlineData("Kestrel:Certificates:Default:KeyPath", "/dev/null", "Kestrel:Certificates:Default:Path")]
    [InlineData("Kestrel:Certificates:Default:Subject", "no.such.subject", "in the certificate store")]
    [InlineData("Logging:LogLevel:Default", "Loud", "Trace or Debug")]
    [InlineData("Logging:Console:FormatterName", "xml", "Simple or Json or Systemd")]
    [InlineData("Logging:Console:FormatterOptions:SingleLine", "1", "true or false")]
    [InlineData("Logging:Console:FormatterOptions:TimestampFormat", "%", "a format of .NET")]
    [InlineData("Authentication:Tokens:ops:ExpiresAt", "tomorrow", "2027-01-31T12:00:00Z")]
    [InlineData("Authentication:Tokens:ops:ExpiresAt", "2027-01-31T12:00:00", "2027-01-31T12:00:00Z")]
    [InlineData("Authentication:Tokens:ops:Roles", "root", "admin, approver, viewer, directory, secrets")]
    [InlineData("PublicBaseUrl", "http://as.example", "an https origin")]
    [InlineData("PublicBaseUrl", "https://as.example/path", "an https origin")]
    [InlineData("PublicBaseUrl", "as.example", "an https origin")]
    [InlineData("ForwardedHeaders:TrustedProxies", "proxy.example", "addresses and CIDR networks")]
    [InlineData("ForwardedHeaders:TrustedProxies", "10.0.0.1/33", "addresses and CIDR networks")]
    [InlineData("Metadata:BaseDocumentPath", "/no/such/file.json", "a readable file")]
    public void Names_key_value_and_what_is_allowed(string key, string value, string allowed)
    {
        var problems = ProblemsOf($"{key}={value}");
        Assert.Contains(problems, problem => problem.StartsWith($"{key} (tests) is ", StringComparison.Ordinal)
            && problem.Contains($"'{value}'", StringComparison.Ordinal) && problem.Contains(allowed, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("Authentication:Tokens:ops:Token", "fifteen-letters")]
    [InlineData("Authentication:Tokens:ops:Token", "with space in the middle")]
    [InlineData("Authentication:Tokens:ops:Token", "sixteen=letters-and-more")]
    [InlineData("Authentication:Tokens:ops:Token", "sixteen-letters-and-more\n")]
    [InlineData("DYNAMIC_CLIENT_REGISTRATION_TOKEN", "no \"quotes\" in a token")]
    [InlineData("DYNAMIC_CLIENT_REGISTRATION_TOKEN", "fifteen-letters")]
    public void Does_not_repeat_a_token_that_is_wrong(string key, string token)
    {
        var problem = Assert.Single(
            ProblemsOf([.. key.StartsWith('A') ? ["Authentication:Tokens:ops:Roles=viewer"] : Array.Empty<string>(), $"{key}={token}"]));
        Assert.StartsWith($"{key} (tests) is not acceptable. Allowed: ", problem, StringComparison.Ordinal);
        Assert.DoesNotContain(token, problem, StringComparison.Ordinal);
        Assert.Contains("16 or more characters", problem, StringComparison.Ordinal);
        Assert.Contains("openssl rand -hex 32", problem, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Registration:AllowedScope", "AllowedScopes")]
    [InlineData("RateLimit:Globel", "Global")]
    [InlineData("RateLimit:Redis:Connection", "ConnectionString")]
    [InlineData("Kestrel:Endpoints:Admin", "Admin")]
    [InlineData("Kestrel:Limits:MaxConcurrentConnections", "Endpoints")]
    [InlineData("Urls", "Kestrel")]
    [InlineData("Registration:Profiles:Everybody:Approval", "Anonymous")]
    [InlineData("Authentication:Token:ops:Token", "Tokens")]
    [InlineData("ForwardedHeaders:Proxies", "TrustedProxies")]
    [InlineData("Storage:LiteDb:Folder", "Path")]
    [InlineData("Metadata:Path", "BaseDocumentPath")]
    [InlineData("Storage:Path", "Engine, LiteDb, Postgres")]
    [InlineData("Logging:Console:FormaterName", "FormatterName")]
    [InlineData("Frobnicate", "Registration")]
    public void Takes_an_unknown_key_for_a_spelling_mistake(string key, string meant)
    {
        var problem = Assert.Single(ProblemsOf($"{key}=x"));
        Assert.Contains(" (tests) is not a setting. Allowed", problem, StringComparison.Ordinal);
        Assert.Contains(meant, problem, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(
        "Kestrel:Endpoints:Public:Url=http://0.0.0.0:8080 PublicBaseUrl=https://as.example",
        "Kestrel:Endpoints:Public:Url (tests) is 'http://0.0.0.0:8080'")]
    [InlineData(
        "Kestrel:Endpoints:Internal:Url=http://192.0.2.1:8081", "Kestrel:Endpoints:Internal:Url (tests) is 'http://192.0.2.1:8081'")]
    [InlineData("Kestrel:Endpoints:Admin:Url=http://[::]:8082", "Kestrel:Endpoints:Admin:Url (tests) is 'http://[::]:8082'")]
    [InlineData("Kestrel:Endpoints:Admin:Url=https://127.0.0.1:8082", "Kestrel:Endpoints:Admin:Url (tests) is 'https://127.0.0.1:8082'")]
    [InlineData("Kestrel:Endpoints:Admin:Url=http://127.0.0.1:8080", "Kestrel:Endpoints:Admin:Url (tests) is 'http://127.0.0.1:8080'")]
    [InlineData(Exposed + " " + Proxy + " ENABLE_DYNAMIC_CLIENT_REGISTRATION=1", "PublicBaseUrl (default) is ''")]
    [InlineData("Registration:AllowedScopes=openid", "Registration:DefaultScope (default) is 'email'")]
    [InlineData("Registration:SoftwareStatementRequired=true", "Registration:SoftwareStatementRequired (tests) is 'true'")]
    [InlineData(
        "Registration:AllowedScopes=email Registration:DefaultScope=email Registration:Profiles:Anonymous:DefaultScope=x",
        "Registration:Profiles:Anonymous:DefaultScope (tests) is 'x'")]
    [InlineData(
        "Registration:Profiles:Anonymous:InitialAccessTokenRequired=true",
        "Registration:Profiles:Anonymous:InitialAccessTokenRequired (tests) is 'True'")]
    [InlineData("Storage:LiteDb:Path=", "Storage:LiteDb:Path (tests) is ''")]
    [InlineData("RateLimit:Store=Redis", "RateLimit:Redis:ConnectionString (default) is ''. Allowed: one or more host:port")]
    [InlineData("RateLimit:Redis:ConnectionString=127.0.0.1:6379", "RateLimit:Store (default) is 'Memory'. Allowed: Redis if")]
    [InlineData(
        "RateLimit:Store=Redis RateLimit:Redis:ConnectionString=r:1 RateLimit:Redis:KeyPrefix={x}",
        "RateLimit:Redis:KeyPrefix (tests) is '{x}'")]
    [InlineData("Authentication:Tokens:a:Token=sixteen-characters", "Authentication:Tokens:a:Roles (default) is ''")]
    [InlineData("Authentication:Tokens:a:Roles=viewer", "Authentication:Tokens:a:Token (default) is not acceptable")]
    [InlineData(
        "Authentication:Tokens:a:Roles=viewer Authentication:Tokens:a:Token=sixteen-characters Authentication:Tokens:b:Roles=admin "
            + "Authentication:Tokens:b:Token=sixteen-characters",
        "Authentication:Tokens:b:Token (tests) is not acceptable. Allowed: a token other than that of Authentication:Tokens:a")]
    [InlineData(
        "Authentication:Tokens:a:Roles=viewer Authentication:Tokens:a:Token=sixteen-characters "
            + "DYNAMIC_CLIENT_REGISTRATION_TOKEN=sixteen-characters",
        "Authentication:Tokens:a:Token (tests) is not acceptable. Allowed: a token other than that of DYNAMIC_CLIENT_REGISTRATION_TOKEN")]
    [InlineData(
        "Storage:Engine=Postgres Storage:Postgres:ConnectionString=Host=x;TargetSessionAttributes=read-write",
        "Storage:Postgres:ConnectionString (tests) is not acceptable. Allowed: such as Host=db.example")]
    [InlineData(
        "Storage:Engine=Postgres Storage:Postgres:ConnectionString=Host=x;Multiplexing=true",
        "Storage:Postgres:ConnectionString (tests) is not acceptable. Allowed: such as Host=db.example")]
    [InlineData("Kestrel:Endpoints:Admin:Url=http://[::]:8080", "Kestrel:Endpoints:Admin:Url (tests) is 'http://[::]:8080'")]
    [InlineData("Storage:Engine=Postgres Storage:Postgres:ConnectionString=Host=x", "Authentication:Tokens (default) is ''")]
    public void Finds_contradictions(string settings, string problem) =>
        Assert.Contains(ProblemsOf(settings.Split(' ')), found => found.StartsWith(problem, StringComparison.Ordinal));

    [Theory]
    [InlineData(Exposed + " " + Proxy + " PublicBaseUrl=https://as.example ENABLE_DYNAMIC_CLIENT_REGISTRATION=1")]
    [InlineData("Kestrel:Endpoints:Management:Url=http://0.0.0.0:8083")]
    [InlineData("Kestrel:Endpoints:Public:Url=http://localhost:8080 ENABLE_DYNAMIC_CLIENT_REGISTRATION=1")]
    [InlineData("Kestrel:Endpoints:Public:Url=http://[::1]:8080 PublicBaseUrl=http://localhost:8080")]
    public void Lets_safe_listeners_open(string settings) => Read(settings.Split(' '));

    [Theory]
    [InlineData("redis.example:6379,pasword=the-secret")]
    [InlineData("redis.example:6379,password=the-secret,ssl=perhaps")]
    [InlineData("redis://u:the-secret@redis.example:6379")]
    [InlineData("redis.example:99999,password=the-secret")]
    [InlineData("password=the-secret")]
    public void Does_not_repeat_a_connection_string_that_is_wrong(string text)
    {
        var problem = Assert.Single(ProblemsOf("RateLimit:Store=Redis", "RateLimit:Redis:ConnectionString=" + text));
        Assert.StartsWith(
            "RateLimit:Redis:ConnectionString (tests) is not acceptable. Allowed: one or more host:port",
            problem,
            StringComparison.Ordinal);
        Assert.DoesNotContain("the-secret", problem, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("redis.example")]
    [InlineData("127.0.0.1:6379,[::1]:6380,ssl=true,user=dcr,password=p=x://y")]
    public void Shares_rate_limits_over_redis(string text)
    {
        var shared = Read("RateLimit:Store=redis", "RateLimit:Redis:ConnectionString=" + text).RedisLimits;
        Assert.Equal((text, "grpcdcr:"), (shared?.ConnectionString, shared?.KeyPrefix));
    }

    [Fact]
    public void Finds_every_problem_at_once() => Assert.Equal(4, ProblemsOf(
        "ENABLE_DYNAMIC_CLIENT_REGISTRATION=yes", "Registration:Approval=later", "Storage:Engine=x", "Nowhere=x").Count);

    [Fact]
    public void An_empty_value_is_the_default_where_nothing_can_be_empty()
    {
        var settings = Read(
            "Registration:MaxContacts=", "Registration:AllowUnlistedPrivateUseSchemes=", "ENABLE_DYNAMIC_CLIENT_REGISTRATION=",
            "DYNAMIC_CLIENT_REGISTRATION_RATE_LIMIT=", "Registration:DefaultScope=");
        var (server, admission) = (settings.Registration.Server, settings.Admission);
        Assert.Equal(
            (20, null, false, 5, ""),
            (server.MaxContacts, server.AllowUnlistedPrivateUseSchemes, admission.Enabled, admission.RateLimit, server.DefaultScope));
    }

    private static ServerSettings Read(params string[] settings) => ServerSettings.Read(SourcesOf(settings), []);

    private static SettingSources SourcesOf(string[] settings) => SettingSources.Of(
        new ConfigurationBuilder()
            .AddInMemoryCollection(
                settings.Select(s => KeyValuePair.Create(s.Split('=')[0], (string?)s[(s.IndexOf('=', StringComparison.Ordinal) + 1)..])))
            .Build(),
        (_, _) => "tests");

    private static List<string> ProblemsOf(params string[] settings)
    {
        var message = Assert.Throws<SettingsException>(() => Read(settings)).Message;
        return [.. message.Split(Environment.NewLine + "  ").Skip(1)];
    }
}
