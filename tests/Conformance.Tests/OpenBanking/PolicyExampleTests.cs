using System.Net;
using GrpcDcr.Conformance.Tests.SoftwareStatements;
using GrpcDcr.TestKit.Network;
using GrpcDcr.TestKit.Samples;
using GrpcDcr.TestKit.Service;

namespace GrpcDcr.Conformance.Tests.OpenBanking;

/// <summary>
/// The example for open banking in <c>docs/policies.md</c>, with the directory's key store on this machine: it has the directory's keys,
/// and those of the software that it lists.
/// </summary>
public sealed class PolicyExampleTests : IAsyncLifetime
{
    private const string Cb = "https://tpp.example/cb";

    private readonly HostileServer _keyStore;
    private RunningServer? _server;
    private string _softwareKeys = SigningKey.Set(SigningKey.OtherRsa.Jwk("\"use\":\"sig\",\"alg\":\"PS256\",\"kid\":\"tpp\","));

    public PolicyExampleTests() => _keyStore = HostileServer.Tls(conversation => conversation.SendJsonAsync(
        conversation.Target == "/ssa.jwks" ? SigningKey.Set(SigningKey.Rsa.Jwk("\"kid\":\"rsa\",")) : _softwareKeys));

    private RunningServer Server => _server!;

    /// <summary>The example has a proxy on the same machine.</summary>
    private static readonly string[] ThroughProxy = ["X-Forwarded-For: 203.0.113.7", "X-Forwarded-Proto: https"];

    private string KeyStore => $"https://localhost:{_keyStore.Port}";

    public async ValueTask InitializeAsync()
    {
        var settings = new Dictionary<string, string?>(PolicyExamples.All[1], StringComparer.Ordinal)
        {
            ["SoftwareStatements:Issuers:directory:JwksUri"] = KeyStore + "/ssa.jwks",
            ["Fetching:AllowedHosts"] = $"localhost:{_keyStore.Port}",
            ["Fetching:CertificateAuthorities"] = TestAuthority.Only.PemPath,
        };
        _server = await RunningServer.StartAsync([.. settings.Select(setting => $"{setting.Key}={setting.Value}")]);
    }

    public async ValueTask DisposeAsync()
    {
        await Server.DisposeAsync();
        await _keyStore.DisposeAsync();
    }

    [Fact]
    [Requirement("BR-02")]
    [Requirement("BR-03")]
    [Requirement("BR-07")]
    [Requirement("BR-09")]
    public async Task Registers_software_of_the_directory_once_with_the_keys_it_has_there()
    {
        var statement = StatementOf(Server.Fresh());

        var registered = (await Server.RegisterAsync(Request(statement), ThroughProxy)).IsRegistration();

        Assert.Equal(("active", KeyStore + "/tpp.jwks"), (registered.Text("client_status"), registered.Text("jwks_uri")));
        Assert.Equal(
            ("private_key_jwt", "PS256"),
            (registered.Text("token_endpoint_auth_method"), registered.Text("token_endpoint_auth_signing_alg")));
        Assert.False(registered.Json.TryGetProperty("client_secret", out _));
        Assert.StartsWith("https://bank.example/", registered.Text("registration_client_uri"), StringComparison.Ordinal);
        Assert.Equal(["/ssa.jwks", "/tpp.jwks"], _keyStore.Requests.Select(request => request.Split(' ')[1]));

        (await Server.RegisterAsync(Request(statement), ThroughProxy)).IsInvalidStatement();
        var client = OwnRecord.Of(Server, registered.Json);
        var document = Bodies.Json(Request(statement, $"\"client_id\":\"{client.ClientId}\","));
        var updated = (await Server.SendAsync(
            HttpMethod.Put, client.Path, document, [.. ThroughProxy, "Authorization: Bearer " + client.Token])).IsRecord();
        Assert.Equal((client.Token, statement), (updated.TokenIn(), updated.Text("software_statement")));
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("{\"keys\":[]}")]
    [InlineData("an EC key")]
    [Requirement("BR-03")]
    public async Task Refuses_software_whose_keys_there_cannot_be_used(string published)
    {
        _softwareKeys = published == "an EC key" ? SigningKey.Set(SigningKey.P256.Jwk()) : published;

        var refused = await Server.RegisterAsync(Request(StatementOf(Server.Fresh())), ThroughProxy);

        refused.IsRefusal("invalid_client_metadata", HttpStatusCode.BadRequest, published);
        Assert.Contains("jwks_uri", refused.Description, StringComparison.Ordinal);
    }

    [Fact]
    [Requirement("BR-01")]
    [Requirement("BR-02")]
    public async Task Refuses_everybody_else()
    {
        var fresh = Server.Fresh();
        foreach (var statement in new[]
        {
            "", "no statement", StatementOf(fresh, SigningKey.OtherRsa), StatementOf("\"iat\":1,\"exp\":9999999999,\"jti\":\"1\""),
            StatementOf(fresh).Replace('.', ' '), SigningKey.Rsa.Jwt("""{"alg":"RS256"}""", Claims(fresh)),
            SigningKey.Rsa.Jwt("""{"alg":"PS256"}""", Claims(fresh).Replace("org_id", "org", StringComparison.Ordinal)),
        })
        {
            (await Server.RegisterAsync(Request(statement), ThroughProxy)).IsInvalidStatement();
        }

        (await Server.RegisterAsync(Bodies.Smallest, ThroughProxy)).IsInvalidStatement();
        Assert.Equal(0, await Server.CountClientsAsync());
    }

    private string Claims(string times) =>
        $$"""
        {"iss":"https://directory.example","org_id":"org-1","software_id":"software-1","software_roles":["DADOS"],{{times}},
         "software_redirect_uris":["{{Cb}}"],"software_jwks_uri":"{{KeyStore}}/tpp.jwks"}
        """;

    private string StatementOf(string times, SigningKey? key = null) =>
        (key ?? SigningKey.Rsa).Jwt("""{"alg":"PS256","typ":"JWT","kid":"rsa"}""", Claims(times));

    private static string Request(string statement, string members = "") =>
        $$"""
        {{{members}}"redirect_uris":["{{Cb}}"],"grant_types":["authorization_code","refresh_token"],"scope":"openid accounts",
         "token_endpoint_auth_method":"private_key_jwt","token_endpoint_auth_signing_alg":"PS256",
         "require_pushed_authorization_requests":true,
         "tls_client_certificate_bound_access_tokens":true,"software_statement":"{{statement}}"}
        """;
}
