using GrpcDcr.TestKit.Service;

namespace GrpcDcr.Conformance.Tests.Rfc7591;

/// <summary>RFC 7591 section 2.1 with the table of OpenID Connect Registration section 2.</summary>
public sealed class GrantAndResponseTypesTests(OpenServer shared) : IClassFixture<OpenServer>
{
    private const string DeviceCode = "urn:ietf:params:oauth:grant-type:device_code";

    private readonly RunningServer _server = shared.Server;

    [Theory]
    [InlineData("GR-01", "", "authorization_code", "code")]
    [InlineData("GR-02", "\"grant_types\":[\"authorization_code\",\"refresh_token\"],\"response_types\":[\"code\"]", "authorization_code refresh_token", "code")]
    [InlineData("GR-10", "\"grant_types\":[\"authorization_code\"],\"response_types\":[]", "authorization_code", "code")]
    [InlineData("GR-12", "\"grant_types\":[\"authorization_code\",\"authorization_code\"],\"response_types\":[\"code\",\"code\"]", "authorization_code", "code")]
    [InlineData("7591-2-08", "\"grant_types\":[\"authorization_code\",\"urn:ietf:params:oauth:grant-type:device_code\"]", "authorization_code " + DeviceCode, "code")]
    public async Task Registers_what_belongs_together(string requirement, string members, string grants, string responses)
    {
        var client = await _server.RegisteredAsync(members.Length == 0 ? Bodies.Smallest : Bodies.With(members));

        Assert.True(grants == string.Join(' ', client.Strings("grant_types")), requirement);
        Assert.Equal(responses, string.Join(',', client.Strings("response_types")));
    }

    [Theory]
    [InlineData("GR-03", "\"grant_types\":[\"authorization_code\"],\"response_types\":[\"token\"]")]
    [InlineData("GR-04", "\"grant_types\":[\"implicit\"],\"response_types\":[\"code\"]")]
    [InlineData("GR-05", "\"grant_types\":[\"implicit\"]")]
    [InlineData("GR-06", "\"grant_types\":[\"authorization_code\"],\"response_types\":[\"code id_token\"]")]
    [InlineData("GR-07", "\"grant_types\":[\"authorization_code\",\"implicit\"],\"response_types\":[\"id_token code\"]")]
    [InlineData("GR-08", "\"grant_types\":[\"client_credentials\"],\"response_types\":[\"code\"]")]
    [InlineData("GR-11", "\"grant_types\":[],\"response_types\":[]")]
    [InlineData("GR-13", "\"grant_types\":[\"password\"],\"response_types\":[]")]
    [InlineData("9700-2.4-01", "\"grant_types\":[\"password\"]")]
    [InlineData("GR-14", "\"grant_types\":[\"implicit\"],\"response_types\":[\"token\"]")]
    [InlineData("D-09", "\"grant_types\":[\"implicit\"],\"response_types\":[\"id_token\"]")]
    [InlineData("GR-15", "\"grant_types\":[\"client_credentials\"],\"response_types\":[],\"token_endpoint_auth_method\":\"none\"")]
    [InlineData("9700-2.1.2-01", "\"response_types\":[\"token\"]")]
    [InlineData("9700-2.1.2-01", "\"response_types\":[\"id_token token\"]")]
    [InlineData("9700-2.1.2-01", "\"response_types\":[\"code token\"]")]
    [InlineData("9700-2.1.2-01", "\"response_types\":[\"code id_token token\"]")]
    [Requirement("7591-2.1-01")]
    [Requirement("OIDR-2-02")]
    public async Task Refuses_what_does_not(string requirement, string members)
    {
        var refusal = await _server.RefusedAsync("invalid_client_metadata", Bodies.With(members));

        Assert.True(refusal.Description!.Contains("_type", StringComparison.Ordinal), requirement);
    }

    [Fact]
    [Requirement("8628-01")]
    [Requirement("7591-2-02")]
    public Task Asks_a_device_for_redirect_uris_once_it_redirects_as_well() => _server.RefusedAsync(
        "invalid_redirect_uri", $$"""{"grant_types":["{{DeviceCode}}","authorization_code"],"token_endpoint_auth_method":"none"}""");

    [Theory]
    [InlineData(DeviceCode, ""","response_types":[]""")]
    [InlineData(DeviceCode, "")]
    [InlineData("device_code", "")]
    [Requirement("GR-16")]
    [Requirement("8628-01")]
    public async Task Registers_a_device_without_redirect_uris(string grant, string members)
    {
        var client = await _server.RegisteredAsync($$"""{"grant_types":["{{grant}}"],"token_endpoint_auth_method":"none"{{members}}}""");

        Assert.Equal([DeviceCode], client.Strings("grant_types"));
        Assert.False(client.TryGetProperty("response_types", out _));
        Assert.False(client.TryGetProperty("redirect_uris", out _));
    }
}

/// <summary>The same where the deployment allows more grants than by default.</summary>
public sealed class FurtherGrantsTests(FurtherGrantsTests.Generous shared) : IClassFixture<FurtherGrantsTests.Generous>
{
    private readonly RunningServer _server = shared.Server;

    [Theory]
    [InlineData("GR-09", ""","response_types":[]""")]
    [InlineData("7591-2.1-02", "")]
    [InlineData("7591-2-04", ",\"token_endpoint_auth_method\":\"client_secret_basic\"")]
    public async Task Registers_a_machine_client_without_redirect_uris(string requirement, string members)
    {
        var client = await _server.RegisteredAsync($$"""{"grant_types":["client_credentials"]{{members}}}""");

        Assert.True(client.Strings("grant_types") is ["client_credentials"], requirement);
        Assert.False(client.TryGetProperty("response_types", out _));
        Assert.False(client.TryGetProperty("redirect_uris", out _));
        Assert.NotEmpty(client.GetProperty("client_secret").GetString()!);
    }

    [Theory]
    [InlineData("GR-08", """{"grant_types":["client_credentials"],"response_types":["code"]}""")]
    [InlineData("GR-15", """{"grant_types":["client_credentials"],"response_types":[],"token_endpoint_auth_method":"none"}""")]
    [InlineData("GR-04", """{"redirect_uris":["https://client.example/cb"],"grant_types":["implicit"],"response_types":["code"]}""")]
    [InlineData("GR-06", """{"redirect_uris":["https://client.example/cb"],"response_types":["code id_token"]}""")]
    public async Task Refuses_what_does_not_belong_together(string requirement, string body)
    {
        var refusal = await _server.RefusedAsync("invalid_client_metadata", body);

        Assert.True(refusal.Description!.Length > 0, requirement);
    }

    [Theory]
    [InlineData("urn:ietf:params:oauth:grant-type:jwt-bearer", "jwt-bearer")]
    [InlineData("urn:ietf:params:oauth:grant-type:saml2-bearer", "saml2-bearer")]
    [InlineData("urn:ietf:params:oauth:grant-type:token-exchange", "token-exchange")]
    [Requirement("7591-2-09")]
    public async Task Registers_extension_grants_by_their_urn_alone(string urn, string word)
    {
        var client = await _server.RegisteredAsync($$"""{"grant_types":["{{urn}}"]}""");

        Assert.Equal([urn], client.Strings("grant_types"));
        await _server.RefusedAsync("invalid_client_metadata", $$"""{"grant_types":["{{word}}"]}""");
    }

    [Theory]
    [InlineData("code", "authorization_code")]
    [InlineData("token", "implicit")]
    [InlineData("id_token", "implicit")]
    [InlineData("id_token token", "implicit")]
    [InlineData("code id_token", "authorization_code implicit")]
    [InlineData("code token", "authorization_code implicit")]
    [InlineData("code id_token token", "authorization_code implicit")]
    [Requirement("OIDR-2-02")]
    [Requirement("D-09")]
    public async Task Registers_each_response_type_with_its_grants_and_not_without_one_of_them(string type, string grants)
    {
        var all = grants.Split(' ');

        var client = await _server.RegisteredAsync(Members(all));

        Assert.Equal([type], client.Strings("response_types"));
        foreach (var missing in all)
        {
            string[] others = [.. all.Except([missing]), "refresh_token"];
            await _server.RefusedAsync("invalid_client_metadata", Members(others));
        }

        string Members(string[] with) =>
            Bodies.With($"\"response_types\":[\"{type}\"],\"grant_types\":[{string.Join(',', with.Select(grant => $"\"{grant}\""))}]");
    }

    [Fact]
    [Requirement("GR-07")]
    public async Task Gives_the_words_of_a_response_type_one_order()
    {
        var client = await _server.RegisteredAsync(
            Bodies.With("\"grant_types\":[\"authorization_code\",\"implicit\"],\"response_types\":[\"id_token code\"]"));

        Assert.Equal(["code id_token"], client.Strings("response_types"));
    }

    [Theory]
    [InlineData("http://127.0.0.1/cb")]
    [InlineData("https://localhost/cb")]
    [Requirement("OIDR-2-04")]
    public Task Refuses_this_machine_to_web_clients_that_use_implicit(string uri) => _server.RefusedAsync(
        "invalid_redirect_uri",
        $$"""{"redirect_uris":["{{uri}}"],"application_type":"web","grant_types":["implicit"],"response_types":["id_token"]}""");

    public sealed class Generous() : SharedServer(
        "Registration:GrantTypes=authorization_code implicit client_credentials refresh_token "
            + "urn:ietf:params:oauth:grant-type:jwt-bearer urn:ietf:params:oauth:grant-type:saml2-bearer urn:ietf:params:oauth:grant-type:token-exchange",
        "Registration:ResponseTypes=code, token, id_token, id_token token, code id_token, code token, code id_token token");
}
