using GrpcDcr.Server.Hosting.Settings;
using GrpcDcr.Server.Policy;
using Microsoft.Extensions.Configuration;

namespace GrpcDcr.Server.Tests.Hosting.Settings;

public sealed class ServerSettingsTests
{
    private const string OpenDoor = "Doors:Public=http://0.0.0.0:8080";
    private const string Proxy = "ForwardedHeaders:TrustedProxies=10.0.0.7";

    [Fact]
    public void Has_a_default_for_everything()
    {
        var settings = Read();
        Assert.Equal(("http://127.0.0.1:8080/", "http://127.0.0.1:8081/", "http://127.0.0.1:8082/"),
            ($"{settings.Doors.Public}", $"{settings.Doors.Inner}", $"{settings.Doors.Operator}"));
        Assert.Equal((false, "", 5, 600), (settings.Admission.Enabled, settings.Admission.Token, settings.Admission.RateLimit, settings.Admission.GlobalRateLimit));
        Assert.Equal(("data", ApprovalMode.Manual, null), (settings.Storage.LiteDb.Path, settings.Registration.Server.Approval, settings.PublicBaseUrl));
        Assert.Empty(settings.TrustedProxies);
        Assert.Null(settings.SharedLimits);
    }

    [Fact]
    public void Reads_every_kind_of_value()
    {
        var settings = Read(
            "ENABLE_DYNAMIC_CLIENT_REGISTRATION=TRUE", "DYNAMIC_CLIENT_REGISTRATION_TOKEN=abc", "DYNAMIC_CLIENT_REGISTRATION_RATE_LIMIT=7",
            "RateLimit:Global=70", "Registration:Approval=automatic", "Registration:Compatibility=0", "Registration:MaxContacts=3",
            "Registration:AllowUnlistedPrivateUseSchemes=true", "registration:allowedscopes=email profile x", "Storage:Engine=litedb",
            "Storage:LiteDb:Path=/tmp/x", "ForwardedHeaders:TrustedProxies=10.0.0.7 10.1.0.0/16,fd00::/8", "PublicBaseUrl=https://as.example/");
        Assert.Equal((true, "abc", 7, 70), (settings.Admission.Enabled, settings.Admission.Token, settings.Admission.RateLimit, settings.Admission.GlobalRateLimit));
        Assert.Equal((ApprovalMode.Automatic, false, 3, true), (settings.Registration.Server.Approval, settings.Registration.Server.Compatibility,
            settings.Registration.Server.MaxContacts, settings.Registration.Server.AllowUnlistedPrivateUseSchemes));
        Assert.Equal(("email profile x", "/tmp/x", "https://as.example"), (settings.Registration.Server.AllowedScopes, settings.Storage.LiteDb.Path, settings.PublicBaseUrl));
        Assert.Equal(["10.0.0.7/32", "10.1.0.0/16", "fd00::/8"], settings.TrustedProxies.Select(network => network.ToString()));
    }

    [Theory]
    [InlineData("ENABLE_DYNAMIC_CLIENT_REGISTRATION", "yes", "true or false")]
    [InlineData("DYNAMIC_CLIENT_REGISTRATION_RATE_LIMIT", "0", "from 1 to 2147483647")]
    [InlineData("DYNAMIC_CLIENT_REGISTRATION_RATE_LIMIT", "-5", "from 1 to 2147483647")]
    [InlineData("DYNAMIC_CLIENT_REGISTRATION_RATE_LIMIT", "5.0", "from 1 to 2147483647")]
    [InlineData("DYNAMIC_CLIENT_REGISTRATION_RATE_LIMIT", "99999999999", "from 1 to 2147483647")]
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
    [InlineData("Doors:Public", "8080", "http://127.0.0.1:8080")]
    [InlineData("Doors:Public", "http://as.example:8080", "an address of this machine")]
    [InlineData("Doors:Inner", "http://127.0.0.1:8081/path", "an address of this machine")]
    [InlineData("Doors:Operator", "ftp://127.0.0.1", "http:// or https://")]
    [InlineData("PublicBaseUrl", "http://as.example", "an https origin")]
    [InlineData("PublicBaseUrl", "https://as.example/path", "an https origin")]
    [InlineData("PublicBaseUrl", "as.example", "an https origin")]
    [InlineData("ForwardedHeaders:TrustedProxies", "proxy.example", "addresses and CIDR networks")]
    [InlineData("ForwardedHeaders:TrustedProxies", "10.0.0.1/33", "addresses and CIDR networks")]
    [InlineData("Metadata:BaseDocumentPath", "/no/such/file.json", "a readable file")]
    public void Names_key_value_and_what_is_allowed(string key, string value, string allowed)
    {
        var problems = ProblemsOf($"{key}={value}");
        Assert.Contains(problems, problem => problem.Contains(key, StringComparison.Ordinal)
            && problem.Contains($"'{value}'", StringComparison.Ordinal) && problem.Contains(allowed, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("Operator:Token", "fifteen-letters")]
    [InlineData("Operator:Token", "with space in the middle")]
    [InlineData("Directory:Token", "sixteen=letters-and-more")]
    [InlineData("Directory:Token", "sixteen-letters-and-more\n")]
    [InlineData("DYNAMIC_CLIENT_REGISTRATION_TOKEN", "no \"quotes\"")]
    public void Does_not_repeat_a_token_that_is_wrong(string key, string token)
    {
        var problem = Assert.Single(ProblemsOf($"{key}={token}"));
        Assert.StartsWith($"{key} is not acceptable; allowed are ", problem, StringComparison.Ordinal);
        Assert.DoesNotContain(token, problem, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Registration:AllowedScope", "AllowedScopes")]
    [InlineData("RateLimit:Globel", "Global")]
    [InlineData("RateLimit:Redis:Connection", "ConnectionString")]
    [InlineData("Doors:Admin", "Operator")]
    [InlineData("Operator:Tokens", "Token")]
    [InlineData("Directory:Secret", "Token")]
    [InlineData("ForwardedHeaders:Proxies", "TrustedProxies")]
    [InlineData("Storage:LiteDb:Folder", "Path")]
    [InlineData("Metadata:Path", "BaseDocumentPath")]
    public void Takes_an_unknown_key_for_a_spelling_mistake(string key, string meant)
    {
        var problem = Assert.Single(ProblemsOf($"{key}=x"));
        Assert.StartsWith($"{key} is not a setting.", problem, StringComparison.Ordinal);
        Assert.Contains(meant, problem, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Doors:Public=http://0.0.0.0:8080 PublicBaseUrl=https://as.example", "Doors:Public is 'http://0.0.0.0:8080', plain http")]
    [InlineData("Doors:Inner=http://192.0.2.1:8081", "Doors:Inner is 'http://192.0.2.1:8081', plain http")]
    [InlineData("Doors:Operator=http://[::]:8082", "Doors:Operator is 'http://[::]:8082', plain http")]
    [InlineData(OpenDoor + " " + Proxy + " ENABLE_DYNAMIC_CLIENT_REGISTRATION=1", "PublicBaseUrl is empty")]
    [InlineData("Registration:AllowedScopes=openid", "Registration:DefaultScope has the value 'email'")]
    [InlineData("Storage:LiteDb:Path=", "Storage:LiteDb:Path is empty")]
    [InlineData("RateLimit:Store=Redis", "RateLimit:Redis:ConnectionString is empty; allowed is host:port")]
    [InlineData("RateLimit:Redis:ConnectionString=127.0.0.1:6379", "RateLimit:Redis:ConnectionString is set, but RateLimit:Store is not Redis")]
    [InlineData("RateLimit:Store=Redis RateLimit:Redis:ConnectionString=r:1 RateLimit:Redis:KeyPrefix={x}", "RateLimit:Redis:KeyPrefix is '{x}'")]
    public void Finds_contradictions(string settings, string problem) =>
        Assert.Contains(ProblemsOf(settings.Split(' ')), found => found.StartsWith(problem, StringComparison.Ordinal));

    [Theory]
    [InlineData(OpenDoor + " " + Proxy + " PublicBaseUrl=https://as.example ENABLE_DYNAMIC_CLIENT_REGISTRATION=1")]
    [InlineData("Doors:Public=https://0.0.0.0:8443 PublicBaseUrl=https://as.example ENABLE_DYNAMIC_CLIENT_REGISTRATION=1")]
    [InlineData("Doors:Public=http://localhost:8080 ENABLE_DYNAMIC_CLIENT_REGISTRATION=1")]
    [InlineData("Doors:Public=http://[::1]:8080 PublicBaseUrl=http://localhost:8080")]
    public void Lets_safe_doors_open(string settings) => Read(settings.Split(' '));

    [Theory]
    [InlineData("redis.example:6379,pasword=the-secret")]
    [InlineData("redis.example:6379,password=the-secret,ssl=perhaps")]
    [InlineData("redis://u:the-secret@redis.example:6379")]
    [InlineData("redis.example:99999,password=the-secret")]
    [InlineData("password=the-secret")]
    public void Does_not_repeat_a_connection_string_that_is_wrong(string text)
    {
        var problem = Assert.Single(ProblemsOf("RateLimit:Store=Redis", "RateLimit:Redis:ConnectionString=" + text));
        Assert.StartsWith("RateLimit:Redis:ConnectionString is not acceptable; allowed is host:port", problem, StringComparison.Ordinal);
        Assert.DoesNotContain("the-secret", problem, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("redis.example")]
    [InlineData("127.0.0.1:6379,[::1]:6380,ssl=true,user=dcr,password=p=x://y")]
    public void Shares_rate_limits_over_redis(string text)
    {
        var shared = Read("RateLimit:Store=redis", "RateLimit:Redis:ConnectionString=" + text).SharedLimits;
        Assert.Equal((text, "grpcdcr:"), (shared?.ConnectionString, shared?.KeyPrefix));
    }

    [Fact]
    public void Finds_every_problem_at_once() => Assert.Equal(4, ProblemsOf(
        "ENABLE_DYNAMIC_CLIENT_REGISTRATION=yes", "Registration:Approval=later", "Storage:Engine=x", "Doors:Nowhere=x").Count);

    [Fact]
    public void An_empty_value_is_the_default_where_nothing_can_be_empty()
    {
        var settings = Read("Registration:MaxContacts=", "Registration:AllowUnlistedPrivateUseSchemes=", "ENABLE_DYNAMIC_CLIENT_REGISTRATION=",
            "DYNAMIC_CLIENT_REGISTRATION_RATE_LIMIT=", "Registration:DefaultScope=");
        Assert.Equal((20, null, false, 5, ""), (settings.Registration.Server.MaxContacts, settings.Registration.Server.AllowUnlistedPrivateUseSchemes,
            settings.Admission.Enabled, settings.Admission.RateLimit, settings.Registration.Server.DefaultScope));
    }

    private static ServerSettings Read(params string[] settings) => ServerSettings.Read(new ConfigurationBuilder()
        .AddInMemoryCollection(settings.Select(s => KeyValuePair.Create(s.Split('=')[0], (string?)s[(s.IndexOf('=', StringComparison.Ordinal) + 1)..])))
        .Build());

    private static List<string> ProblemsOf(params string[] settings)
    {
        var message = Assert.Throws<SettingsException>(() => Read(settings)).Message;
        return [.. message.Split(Environment.NewLine + "  ").Skip(1)];
    }
}
