using System.Text.Json;
using GrpcDcr.TestKit.Service;

namespace GrpcDcr.Conformance.Tests.Rfc7591;

/// <summary>RFC 7591 section 2: what absent members mean, and that the answer shows it.</summary>
public sealed class DefaultsTests(OpenServer shared) : IClassFixture<OpenServer>
{
    private readonly RunningServer _server = shared.Server;

    [Fact]
    [Requirement("7591-2-01")]
    [Requirement("7591-2-05")]
    [Requirement("7591-2-08")]
    [Requirement("7591-2-10")]
    [Requirement("7591-3.1-04")]
    [Requirement("7591-3.2.1-05")]
    [Requirement("OIDR-2-03")]
    public async Task Shows_every_default_it_applied()
    {
        var client = await _server.RegisteredAsync(Bodies.Smallest);

        Assert.Equal(["https://client.example/cb"], client.Strings("redirect_uris"));
        Assert.Equal(["authorization_code"], client.Strings("grant_types"));
        Assert.Equal(["code"], client.Strings("response_types"));
        Assert.Equal("client_secret_basic", client.GetProperty("token_endpoint_auth_method").GetString());
        Assert.NotEmpty(client.GetProperty("client_secret").GetString()!);
        Assert.Equal("web", client.GetProperty("application_type").GetString());
        Assert.Equal("email profile", client.GetProperty("scope").GetString());
        Assert.Equal("pending", client.GetProperty("client_status").GetString());
    }

    [Theory]
    [InlineData("7591-2-08", "\"grant_types\":null")]
    [InlineData("7591-2-10", "\"response_types\":null")]
    [InlineData("7591-2-05", "\"token_endpoint_auth_method\":null")]
    [InlineData("7591-2-05", "\"token_endpoint_auth_method\":\"\"")]
    [InlineData("7591-3.2.1-09", "\"client_uri\":\"\",\"logo_uri\":null,\"contacts\":[],\"client_name\":\"\",\"client_name#en\":\"\"")]
    public async Task Takes_null_and_empty_members_for_absent_ones(string requirement, string members)
    {
        var plain = await _server.RegisteredAsync(Bodies.Smallest);

        var client = await _server.RegisteredAsync(Bodies.With(members));

        Assert.True(Names(plain).SetEquals(Names(client)), requirement);
        Assert.Equal(plain.GetProperty("grant_types").GetRawText(), client.GetProperty("grant_types").GetRawText());
        Assert.Equal(plain.GetProperty("response_types").GetRawText(), client.GetProperty("response_types").GetRawText());
        Assert.Equal("client_secret_basic", client.GetProperty("token_endpoint_auth_method").GetString());
    }

    [Theory]
    [InlineData("none")]
    [InlineData("client_secret_basic")]
    [InlineData("client_secret_post")]
    [Requirement("7591-2-06")]
    [Requirement("7591-2-07")]
    [Requirement("7591-3.2.1-04")]
    public async Task Registers_the_method_that_was_asked_for_and_a_secret_where_it_needs_one(string method)
    {
        var client = await _server.RegisteredAsync(Bodies.With($"\"token_endpoint_auth_method\":\"{method}\""));

        Assert.Equal(method, client.GetProperty("token_endpoint_auth_method").GetString());
        Assert.Equal(method != "none", client.TryGetProperty("client_secret", out _));
        Assert.Equal(method != "none", client.TryGetProperty("client_secret_expires_at", out _));
    }

    [Theory]
    [InlineData("email", "email")]
    [InlineData("profile email", "profile email")]
    [InlineData("email profile", "email profile")]
    [InlineData("openid  email openid", "openid email")]
    [Requirement("7591-2-14")]
    [Requirement("7591-2-15")]
    [Requirement("6749-A-03")]
    public async Task Registers_the_scope_that_was_asked_for(string asked, string registered)
    {
        var client = await _server.RegisteredAsync(Bodies.With($"\"scope\":\"{asked}\""));

        Assert.Equal(registered, client.GetProperty("scope").GetString());
    }

    [Theory]
    [InlineData("\"x_unknown\":{\"a\":[1,null]}", "x_unknown")]
    [InlineData("\"redirect_uri\":\"https://x.example/\"", "redirect_uri")]
    [InlineData("\"code_challenge_method\":\"S256\"", "code_challenge_method")]
    [InlineData("\"software_statement\":\"eyJhbGciOiJub25lIn0.e30.\"", "software_statement")]
    [InlineData("\"metadata\":{\"client_name\":\"x\"}", "metadata")]
    [InlineData("\"localized\":{\"client_name#ja\":\"x\"}", "localized")]
    [InlineData("\"clientName\":\"x\"", "clientName")]
    [InlineData("\"client_id_issued_at_\":1", "client_id_issued_at_")]
    [Requirement("7591-2-20")]
    [Requirement("7591-3.1.1-02")]
    public async Task Ignores_members_it_does_not_know(string members, string name)
    {
        var client = await _server.RegisteredAsync(Bodies.With(members));

        Assert.False(client.TryGetProperty(name, out _));
        Assert.False(client.TryGetProperty("client_name", out _));
    }

    [Fact]
    [Requirement("7591-2-21")]
    [Requirement("7591-2-09")]
    public async Task Shows_what_it_registered_in_place_of_unsupported_grants()
    {
        var client = await _server.RegisteredAsync(Bodies.With(
            "\"grant_types\":[\"authorization_code\",\"urn:ietf:params:oauth:grant-type:token-exchange\",\"device_code\"]"));

        Assert.Equal(["authorization_code", "urn:ietf:params:oauth:grant-type:device_code"], client.Strings("grant_types"));
        var kept = await _server.Directory().GetClientAsync(new() { ClientId = client.GetProperty("client_id").GetString() });
        Assert.Equal(client.Strings("grant_types"), kept.Client.Metadata.GrantTypes);
    }

    [Theory]
    [InlineData("\"software_id\":\" A-1 \"", "software_id", " A-1 ")]
    [InlineData("\"software_id\":\"a-1\"", "software_id", "a-1")]
    [InlineData("\"software_version\":\"1.0 Beta\"", "software_version", "1.0 Beta")]
    [InlineData("\"client_name\":\"e\\u0301\"", "client_name", "e\u0301")]
    [InlineData("\"client_name\":\"  two  spaces \"", "client_name", "  two  spaces ")]
    [InlineData("\"client_name\":\"\\u003cscript\\u003e\\ud83d\\ude00\"", "client_name", "<script>\U0001F600")]
    [Requirement("7591-2-19")]
    [Requirement("7591-2.2-03")]
    [Requirement("MCP-INT-04")]
    public async Task Returns_text_as_it_was_sent(string members, string name, string value)
    {
        var client = await _server.RegisteredAsync(Bodies.With(members));

        Assert.Equal(value, client.GetProperty(name).GetString());
    }

    [Fact]
    [Requirement("7591-3.2.1-05")]
    [Requirement("OIDR-2-30")]
    public async Task Echoes_every_member_of_the_standard()
    {
        const string Members = """
            "token_endpoint_auth_method":"client_secret_post","grant_types":["authorization_code","refresh_token"],
            "response_types":["code"],"client_name":"Example","client_uri":"https://client.example/",
            "logo_uri":"https://client.example/logo.png",
            "scope":"openid","contacts":["ops@client.example"],"tos_uri":"https://client.example/tos",
            "policy_uri":"https://client.example/policy",
            "jwks":{"keys":[{"kty":"EC","crv":"P-256","x":"MKBCTNIcKUSDii11ySs3526iDZ8AiTo7Tu6KPAqv7D4",
            "y":"4Etl6SRW2YiLUrN5vfvVHuhp7x8PxltmWWlbbM4IFyM"}]},"software_id":"s-1","software_version":"2","application_type":"web"
            """;

        var client = await _server.RegisteredAsync(Bodies.With(Members));

        foreach (var sent in JsonElement.Parse("{" + Members + "}").EnumerateObject())
        {
            Assert.True(JsonElement.DeepEquals(sent.Value, client.GetProperty(sent.Name)), sent.Name);
        }
    }

    private static HashSet<string> Names(JsonElement document) => [.. document.EnumerateObject().Select(member => member.Name)];
}
