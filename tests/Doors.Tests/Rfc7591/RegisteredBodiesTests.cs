using System.Globalization;
using System.Net;
using System.Text.Json;

namespace GrpcDcr.Doors.Tests.Rfc7591;

/// <summary>RFC 7591 sections 2 and 3.2.1: what is registered, and how it is shown.</summary>
public sealed class RegisteredBodiesTests(ServerFixture fixture) : IClassFixture<ServerFixture>
{
    private const string B0 = """{"redirect_uris":["https://client.example/cb"]}""";

    private readonly RunningServer server = fixture.Server;

    [Fact]
    [Trait("Requirement", "7591-2-01 7591-2-05 7591-2-08 7591-2-10 7591-3.2.1-05 OIDR-2-03 GR-01")]
    public async Task Redirect_uris_are_enough_and_every_default_is_shown()
    {
        var client = await RegisterAsync(B0);

        Assert.Equal("client_secret_basic", client["token_endpoint_auth_method"]);
        Assert.Equal("""["authorization_code"]""", client["grant_types"]);
        Assert.Equal("""["code"]""", client["response_types"]);
        Assert.Equal("web", client["application_type"]);
        Assert.Equal("email profile", client["scope"]);
        Assert.Equal("pending", client["client_status"]);
    }

    [Fact]
    [Trait("Requirement", "7591-3.2.1-03 7591-3.2.1-04 6749-A-02 6749-10.10-01")]
    public async Task A_secret_comes_with_its_expiry_and_times_are_whole_seconds()
    {
        var client = await RegisterAsync(B0);

        Assert.Matches("^[A-Za-z0-9_-]{43}$", client["client_secret"]);
        Assert.Equal("0", client["client_secret_expires_at"]);
        Assert.Equal(
            server.Time.GetUtcNow().ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture), client["client_id_issued_at"]);
    }

    [Fact]
    [Trait("Requirement", "7591-2-07")]
    public async Task A_public_client_gets_no_secret()
    {
        var client = await RegisterAsync("""{"redirect_uris":["http://127.0.0.1/cb"],"token_endpoint_auth_method":"none","application_type":"native"}""");

        Assert.Equal("none", client["token_endpoint_auth_method"]);
        Assert.Null(client["client_secret"]);
        Assert.Null(client["client_secret_expires_at"]);
    }

    [Fact]
    [Trait("Requirement", "7591-2-20")]
    public async Task Ignores_members_it_does_not_know()
    {
        var client = await RegisterAsync(
            """{"redirect_uris":["https://client.example/cb"],"x_unknown":{"a":[1,null]},"redirect_uri":"https://x/","code_challenge_method":"S256","localized":{"a":"b"},"metadata":{"client_name":"x"}}""");

        Assert.Null(client["x_unknown"]);
        Assert.Null(client["client_name"]);
        Assert.Null(client["localized"]);
    }

    [Fact]
    [Trait("Requirement", "7591-3.1-03 9700-4.15-01")]
    public async Task A_client_chooses_nothing_that_the_server_issues()
    {
        var client = await RegisterAsync(
            """{"redirect_uris":["https://client.example/cb"],"client_id":"admin","client_secret":"mine","client_id_issued_at":1,"client_secret_expires_at":7,"client_status":"active","registration_access_token":"x","registration_client_uri":"https://evil.example/"}""");

        Assert.NotEqual("admin", client["client_id"]);
        Assert.NotEqual("mine", client["client_secret"]);
        Assert.NotEqual("1", client["client_id_issued_at"]);
        Assert.Equal("0", client["client_secret_expires_at"]);
        Assert.Equal("pending", client["client_status"]);
        Assert.Null(client["registration_access_token"]);
        Assert.Null(client["registration_client_uri"]);
    }

    [Fact]
    [Trait("Requirement", "7591-3.1-02 7591-3.2.1-02")]
    public async Task Every_registration_gets_an_identifier_and_a_secret_of_its_own()
    {
        var clients = await Task.WhenAll(Enumerable.Range(0, 200).Select(_ => RegisterAsync(B0)));

        Assert.Equal(200, clients.Select(c => c["client_id"]).Distinct().Count());
        Assert.Equal(200, clients.Select(c => c["client_secret"]).Distinct().Count());
    }

    [Fact]
    [Trait("Requirement", "7591-2.2-01 7591-2.2-03 7591-2.2-05")]
    public async Task Language_tagged_members_come_back_as_they_were_sent()
    {
        var client = await RegisterAsync(
            """{"redirect_uris":["https://client.example/cb"],"client_name":"e\u0301","client_name#ja-Jpan-JP":"\u30af","logo_uri#fr":"https://client.example/l","redirect_uris#en":["https://evil.example/"],"token_endpoint_auth_method#en":"none"}""");

        Assert.Equal("e\u0301", client["client_name"]);
        Assert.Equal("\u30af", client["client_name#ja-Jpan-JP"]);
        Assert.Equal("https://client.example/l", client["logo_uri#fr"]);
        Assert.Null(client["redirect_uris#en"]);
        Assert.Equal("client_secret_basic", client["token_endpoint_auth_method"]);
    }

    [Fact]
    [Trait("Requirement", "7591-2.2-02 7591-2.2-06")]
    public async Task Broken_language_tags_break_nothing()
    {
        foreach (var name in new[] { "client_name#", "client_name##", "client_name#\\u0000", "client_name#en\",\"client_name#EN" })
        {
            var answer = await server.RegisterAsync($$"""{"redirect_uris":["https://client.example/cb"],"{{name}}":"x"}""");
            Assert.True((int)answer.Status is 201 or 400, answer.Text);
        }

        var many = string.Concat(Enumerable.Range(0, 3000).Select(i => $",\"client_name#x-{i}\":\"x\""));
        Oracle.IsOAuthError(await server.RegisterAsync($$"""{"redirect_uris":["https://client.example/cb"]{{many}}}"""));
    }

    [Fact]
    [Trait("Requirement", "7591-2-04 7591-2.1-02 GR-09")]
    public async Task A_grant_without_redirection_needs_no_redirect_uri()
    {
        await using var machines = await RunningServer.StartAsync("Registration:GrantTypes=authorization_code client_credentials");

        var client = await machines.RegisterAsync(
            """{"grant_types":["client_credentials"],"response_types":[],"token_endpoint_auth_method":"client_secret_basic"}""");

        Oracle.IsRegistered(client);
        Assert.Equal("""["client_credentials"]""", client["grant_types"]);
        Assert.Null(client["redirect_uris"]);
        Assert.Null(client["response_types"]);
    }

    [Fact]
    [Trait("Requirement", "7591-3.1.1-02 7591-2-19 6749-3.1.2-01 OIDR-3.2-01")]
    public async Task Opaque_values_and_redirect_uris_come_back_byte_for_byte()
    {
        var client = await RegisterAsync(
            """{"redirect_uris":["https://Client.Example:443/cb?x=1&y=","https://client.example/%7Ecb","https://client.example"],"software_id":" A-1 ","software_statement":"a.b.c"}""");

        Assert.Equal(" A-1 ", client["software_id"]);
        Assert.Null(client["software_statement"]);
        Assert.Equal(
            ["https://Client.Example:443/cb?x=1&y=", "https://client.example/%7Ecb", "https://client.example"],
            client.Json.GetProperty("redirect_uris").EnumerateArray().Select(u => u.GetString()!));
    }

    [Fact]
    [Trait("Requirement", "7591-2-09 GR-02 GR-12")]
    public async Task Unsupported_extra_grants_are_left_out_and_doubles_are_one()
    {
        var client = await RegisterAsync(
            """{"redirect_uris":["https://client.example/cb"],"grant_types":["authorization_code","refresh_token","authorization_code","urn:ietf:params:oauth:grant-type:token-exchange","device_code"]}""");

        Assert.Equal(
            """["authorization_code","refresh_token","urn:ietf:params:oauth:grant-type:device_code"]""", client["grant_types"]);
    }

    [Fact]
    [Trait("Requirement", "7591-3.2.1-09")]
    public async Task Empty_and_null_members_count_as_absent()
    {
        var client = await RegisterAsync(
            """{"redirect_uris":["https://client.example/cb"],"client_name":"","client_uri":null,"contacts":[],"logo_uri":"","jwks":null,"scope":null}""");

        Assert.Null(client["client_name"]);
        Assert.Null(client["contacts"]);
        Assert.Equal("email profile", client["scope"]);
    }

    [Fact]
    [Trait("Requirement", "7591-3.2.2-01")]
    public async Task All_violations_are_named_in_one_answer()
    {
        var answer = await server.RegisterAsync(
            """{"redirect_uris":["https://client.example/cb"],"logo_uri":"javascript:x","tos_uri":"/x","scope":"nope"}""");

        Oracle.IsRefused(answer, HttpStatusCode.BadRequest, "invalid_client_metadata");
        Assert.All(["logo_uri", "tos_uri", "nope"], name => Assert.Contains(name, answer.Description, StringComparison.Ordinal));
    }

    private async Task<Answer> RegisterAsync(string body)
    {
        var answer = await server.RegisterAsync(body);
        Oracle.IsRegistered(answer);
        Assert.Equal(JsonValueKind.Object, answer.Json.ValueKind);
        return answer;
    }
}
