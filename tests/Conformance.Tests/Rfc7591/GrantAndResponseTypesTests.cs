using GrpcDcr.TestKit.Service;

namespace GrpcDcr.Conformance.Tests.Rfc7591;

/// <summary>
/// RFC 7591 section 2.1 with the table of OpenID Connect Registration section 2, where the deployment allows every response type.
/// </summary>
public sealed class GrantAndResponseTypesTests(GrantAndResponseTypesTests.Generous shared)
    : IClassFixture<GrantAndResponseTypesTests.Generous>
{
    private readonly RunningServer _server = shared.Server;

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
            + "urn:ietf:params:oauth:grant-type:jwt-bearer urn:ietf:params:oauth:grant-type:saml2-bearer "
                + "urn:ietf:params:oauth:grant-type:token-exchange",
        "Registration:ResponseTypes=code, token, id_token, id_token token, code id_token, code token, code id_token token");
}
