using System.Net;
using GrpcDcr.TestKit.Service;

namespace GrpcDcr.Conformance.Tests.SoftwareStatements;

/// <summary>RFC 7591 sections 2.3 and 3: what a statement makes of a registration.</summary>
public sealed class MetadataTests(StatementServer shared) : IClassFixture<StatementServer>
{
    private const string OneUri = "\"redirect_uris\":[\"https://stated.example/cb\"]";
    private const string Method = "\"token_endpoint_auth_method\"";
    private const string Choices = "\"token_endpoint_auth_methods_supported\"";
    private const string TwoUris = "\"redirect_uris\":[\"https://stated.example/cb\",\"https://mine.example/cb\"]";

    private readonly RunningServer _server = shared.Server;

    [Fact]
    [Requirement("SS-13")]
    [Requirement("SS-16")]
    public async Task Wins_over_members_of_the_same_name_and_its_claims_are_members()
    {
        var statement = Statement.Of($"{OneUri},\"client_name\":\"Stated\",\"scope\":\"openid\",\"grant_types\":[\"authorization_code\"]");

        var client = await _server.RegisteredAsync(Statement.Body(
            statement,
            "\"client_name\":\"Mine\",\"client_name#en\":\"Mine\",\"tos_uri\":\"https://mine.example/tos\",\"scope\":\"openid email\""));

        Assert.Equal("Stated", client.GetProperty("client_name").GetString());
        Assert.Equal("product-7", client.GetProperty("software_id").GetString());
        Assert.Equal("openid", client.GetProperty("scope").GetString());
        Assert.Equal("https://mine.example/tos", client.GetProperty("tos_uri").GetString());
        Assert.Equal(["https://stated.example/cb"], client.Strings("redirect_uris"));
        Assert.False(client.TryGetProperty("client_name#en", out _));
    }

    [Theory]
    [InlineData("redirect_uris", "[\"https://stated.example/cb\"]", "[\"https://mine.example/cb\",\"https://stated.example/cb\"]")]
    [InlineData("grant_types", "[\"authorization_code\",\"refresh_token\"]", "[\"authorization_code\"]")]
    [InlineData("token_endpoint_auth_method", "\"client_secret_post\"", "\"none\"")]
    [InlineData("contacts", "[\"a@stated.example\"]", "[\"b@mine.example\"]")]
    [InlineData("jwks_uri", "\"https://stated.example/jwks\"", "\"https://mine.example/jwks\"")]
    [InlineData("software_version", "\"2\"", "\"3\"")]
    [InlineData("application_type", "\"web\"", "\"native\"")]
    [InlineData("client_name#fr", "\"Dit\"", "\"Mien\"")]
    [InlineData("org_id", "{\"id\":[1]}", "\"mine\"")]
    [Requirement("SS-13")]
    [Requirement("SS-16")]
    [Requirement("7591-3.2.1-07")]
    public async Task Decides_members_of_every_kind(string member, string stated, string asked)
    {
        var redirects = member == "redirect_uris" ? "" : OneUri + ",";

        var client = await _server.RegisteredAsync(
            Statement.Body(Statement.Of($"\"{member}\":{stated}"), $"{redirects}\"{member}\":{asked}"));

        Assert.Equal(stated, client.GetProperty(member).GetRawText());
        Assert.Equal(stated, (await OwnRecord.Of(_server, client).ReadAsync()).IsRecord().Json.GetProperty(member).GetRawText());
    }

    [Theory]
    [InlineData($"{Choices}:[\"private_key_jwt\",\"none\"]", "", "none")]
    [InlineData($"{Choices}:[\"none\"]", $"{Choices}:[\"client_secret_post\"]", "none")]
    [InlineData($"{Method}:\"none\"", $"{Choices}:[\"client_secret_post\"]", "none")]
    [InlineData($"{Choices}:[\"none\",\"client_secret_post\"]", $"{Method}:\"client_secret_post\"", "client_secret_post")]
    [InlineData($"{Choices}:[\"none\"]", $"{Method}:\"client_secret_post\"", null)]
    [InlineData($"{Choices}:[\"private_key_jwt\"]", "", null)]
    [InlineData($"{Choices}:5", "", null)]
    [Requirement("SS-13")]
    [Requirement("RPMC-01")]
    [Requirement("RPMC-03")]
    public async Task Decides_what_a_method_is_chosen_from(string claims, string members, string? method)
    {
        var document = members.Length == 0 ? OneUri : $"{OneUri},{members}";

        var answer = await _server.RegisterAsync(Statement.Body(Statement.Of(claims), document));

        Assert.True((method is null) == (answer.Status == HttpStatusCode.BadRequest), answer.Body);
        Assert.Equal(method, answer.Text("token_endpoint_auth_method"));
        Assert.Equal(method is null ? "invalid_client_metadata" : null, answer.Error);
    }

    [Fact]
    [Requirement("SS-15")]
    [Requirement("7591-3.2.1-07")]
    public async Task Comes_back_to_the_byte_whenever_the_client_is_shown()
    {
        var statement = Statement.Of("\"client_name\":\"\u30AF\u00fc <&>\",\"x\":[1,null]");
        var client = OwnRecord.Of(_server, await _server.RegisteredAsync(Statement.Body(statement)));

        var read = (await client.ReadAsync()).IsRecord();
        var updated = (await client.UpdateAsync($"{OneUri},\"software_statement\":\"{statement}\"")).IsRecord();

        Assert.Equal(statement, read.Text("software_statement"));
        Assert.Equal(statement, updated.Text("software_statement"));
        Assert.Equal("\u30AF\u00fc <&>", updated.Text("client_name"));
        var seen = await _server.AdminAsync(HttpMethod.Get, $"clients/{client.ClientId}");
        var metadata = seen.Json.GetProperty("metadata");
        Assert.Equal(statement, metadata.GetProperty("software_statement").GetString());
    }

    [Fact]
    [Requirement("SS-17")]
    [Requirement("SS-18")]
    public async Task Makes_no_member_of_claims_about_itself_or_of_what_the_server_issues()
    {
        var now = _server.Time.GetUtcNow().ToUnixTimeSeconds();
        var claims = $"\"client_name\":\"a\",\"sub\":\"s\",\"exp\":{now + 60},\"nbf\":{now},\"iat\":{now},\"jti\":\"j\","
            + "\"client_id\":\"chosen\","
            + "\"client_secret\":\"chosen\",\"client_secret_expires_at\":1,\"client_id_issued_at\":1,"
                + "\"registration_access_token\":\"chosen\","
            + "\"registration_client_uri\":\"https://evil.example/\",\"software_statement\":\"a.b.c\",\"client_status\":\"active\"";
        var statement = Statement.Of(claims);

        var client = await _server.RegisteredAsync(Statement.Body(statement));

        Assert.DoesNotContain("chosen", client.GetRawText(), StringComparison.Ordinal);
        Assert.DoesNotContain("evil", client.GetRawText(), StringComparison.Ordinal);
        Assert.Equal(statement, client.GetProperty("software_statement").GetString());
        Assert.Equal("0", client.GetProperty("client_secret_expires_at").GetRawText());
        Assert.Equal("pending", client.GetProperty("client_status").GetString());
        Assert.All(
            new[] { "iss", "sub", "aud", "exp", "nbf", "iat", "jti" }, claim => Assert.False(client.TryGetProperty(claim, out _), claim));
    }

    [Theory]
    [InlineData("invalid_redirect_uri", "\"redirect_uris\":[\"https://client.example/#f\"]", "\"client_name\":\"a\"")]
    [InlineData("invalid_client_metadata", "\"jwks\":{\"keys\":[]}", OneUri + ",\"jwks_uri\":\"https://client.example/jwks\"")]
    [InlineData("invalid_client_metadata", "\"logo_uri\":\"javascript:alert(1)\"", OneUri)]
    [InlineData("invalid_client_metadata", "\"grant_types\":[\"password\"]", OneUri)]
    [InlineData("invalid_client_metadata", "\"scope\":\"everything\"", OneUri)]
    [InlineData("invalid_redirect_uri", "\"redirect_uris\":[\"javascript:alert(1)\"]", OneUri)]
    [InlineData("invalid_redirect_uri", "\"redirect_uris\":\"https://stated.example/cb\"", OneUri)]
    [InlineData("invalid_redirect_uri", "\"redirect_uris\":[]", OneUri)]
    [InlineData("invalid_client_metadata", "\"logo_uri#fr\":\"javascript:alert(1)\"", OneUri)]
    [InlineData("invalid_client_metadata", "\"jwks\":{\"keys\":[{\"kty\":\"EC\",\"crv\":\"P-256\"}]}", OneUri)]
    [InlineData("invalid_client_metadata", "\"token_endpoint_auth_method\":\"foo\"", OneUri)]
    [InlineData("invalid_client_metadata", "\"client_name\":\"a\\u202eb\"", OneUri)]
    [InlineData("invalid_client_metadata", "\"client_name\":7", OneUri)]
    [Requirement("SS-19")]
    public Task Is_checked_like_anything_else(string error, string claims, string members) =>
        _server.RefusedAsync(error, Statement.Body(Statement.Of(claims), members));

    [Theory]
    [InlineData("\"client_name\":\"\"", "client_name")]
    [InlineData("\"client_name\":\"a\"", "client_name#en")]
    [InlineData("\"logo_uri\":\"https://stated.example/l\"", "logo_uri#en")]
    [Requirement("SS-14")]
    public async Task Leaves_nothing_open_that_it_says_or_says_to_be_empty(string claim, string member)
    {
        var client = await _server.RegisteredAsync(
            Statement.Body(Statement.Of(claim), $"{OneUri},\"{member}\":\"https://mine.example/l\""));

        Assert.False(client.TryGetProperty(member, out _));
    }

    [Fact]
    [Requirement("SS-14")]
    public async Task Cannot_be_widened_by_the_request_nor_later()
    {
        var statement = Statement.Of($"{OneUri},\"client_name\":\"a\"");
        var client = OwnRecord.Of(_server, await _server.RegisteredAsync(Statement.Body(statement, TwoUris)));

        Assert.Equal(["https://stated.example/cb"], (await client.ReadAsync()).Json.Strings("redirect_uris"));
        var updated = (await client.UpdateAsync($"{TwoUris},\"software_statement\":\"{statement}\"")).IsRecord();
        Assert.Equal(["https://stated.example/cb"], updated.Json.Strings("redirect_uris"));
    }

    [Fact]
    [Requirement("SS-14")]
    public async Task Bounds_the_redirect_uris_to_choose_from_where_its_issuer_wants_it_so()
    {
        var statement = Statement.Of($"{TwoUris},\"client_name\":\"a\"", StatementServer.Subset);
        const string Foreign = "\"redirect_uris\":[\"https://stated.example/cb\",\"https://foreign.example/cb\"]";

        await _server.RefusedAsync("invalid_redirect_uri", Statement.Body(statement, Foreign));
        var client = OwnRecord.Of(_server, await _server.RegisteredAsync(Statement.Body(statement, OneUri)));
        var refused = await client.UpdateAsync($"{Foreign},\"software_statement\":\"{statement}\"");

        refused.IsRefusal("invalid_redirect_uri", HttpStatusCode.BadRequest, refused.Body);
        Assert.Equal(["https://stated.example/cb"], (await client.ReadAsync()).Json.Strings("redirect_uris"));
    }
}
