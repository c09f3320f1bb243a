using System.Net;
using GrpcDcr.Conformance.Tests.Support;
using GrpcDcr.Doors.Tests.Support;

namespace GrpcDcr.Conformance.Tests.SoftwareStatements;

/// <summary>RFC 7591 sections 2, 2.3 and 3.1.1: what a statement says, and what the request says beside it.</summary>
public sealed class PrecedenceTests(PrecedenceTests.OwnMembers shared) : IClassFixture<PrecedenceTests.OwnMembers>
{
    private const string Cb = "https://client.example/cb";

    private static readonly string[] Housekeeping = ["iss", "sub", "aud", "exp", "nbf", "iat", "jti"];

    private readonly RunningServer server = shared.Server;

    [Theory]
    [InlineData("client_name", "\"A\"", "\"B\"")]
    [InlineData("redirect_uris", "[\"https://client.example/stated\"]", "[\"https://client.example/cb\",\"https://client.example/stated\"]")]
    [InlineData("grant_types", "[\"authorization_code\",\"refresh_token\"]", "[\"authorization_code\"]")]
    [InlineData("token_endpoint_auth_method", "\"client_secret_post\"", "\"none\"")]
    [InlineData("scope", "\"openid\"", "\"openid email profile\"")]
    [InlineData("contacts", "[\"a@client.example\"]", "[\"b@client.example\"]")]
    [InlineData("jwks_uri", "\"https://client.example/jwks\"", "\"https://evil.example/jwks\"")]
    [InlineData("software_id", "\"product-7\"", "\"product-8\"")]
    [InlineData("software_version", "\"2\"", "\"3\"")]
    [InlineData("application_type", "\"web\"", "\"native\"")]
    [InlineData("client_name#fr", "\"A\"", "\"B\"")]
    [InlineData("org_id", "{\"id\":1}", "\"B\"")]
    [Requirement("SS-13")]
    [Requirement("SS-16")]
    [Requirement("7591-3.2.1-07")]
    public async Task What_the_statement_says_counts_and_is_shown(string member, string stated, string plain)
    {
        var body = Claiming($"\"software_id\":\"product-7\",\"{member}\":{stated}".Replace(
            "\"software_id\":\"product-7\",\"software_id\"", "\"software_id\"", StringComparison.Ordinal), $"\"{member}\":{plain}");

        var registered = (await server.RegisterAsync(body)).IsRegistration();

        Assert.Equal(stated, registered.Json.GetProperty(member).GetRawText());
        Assert.Equal(stated, (await OwnRecord.Of(server, registered.Json).ReadAsync()).IsRecord().Json.GetProperty(member).GetRawText());
    }

    [Fact]
    [Requirement("SS-14")]
    [Requirement("SS-16")]
    public async Task The_request_says_what_the_statement_leaves_open()
    {
        var registered = (await server.RegisterAsync(Claiming(
            $"\"software_id\":\"product-7\",\"redirect_uris\":[\"{Cb}\"]", "\"client_name\":\"B\",\"contacts\":[\"b@client.example\"]"))).IsRegistration();

        Assert.Equal(("product-7", "B"), (registered.Text("software_id"), registered.Text("client_name")));
        Assert.Equal([Cb], registered.Json.Strings("redirect_uris"));
    }

    [Theory]
    [InlineData("\"client_name\":\"\"", "client_name")]
    [InlineData("\"client_name\":\"A\"", "client_name#en")]
    [InlineData("\"logo_uri\":\"https://client.example/l\"", "logo_uri#en")]
    [InlineData("\"jwks\":{\"keys\":[]}", "jwks_uri")]
    [Requirement("SS-14")]
    public async Task The_request_adds_nothing_to_what_the_statement_closed(string claim, string member)
    {
        var answer = await server.RegisterAsync(Claiming("\"software_id\":\"product-7\"," + claim, $"\"{member}\":\"https://client.example/x\""));

        Assert.True(answer.Status is HttpStatusCode.Created or HttpStatusCode.BadRequest, answer.Body);
        Assert.False(answer.Json.TryGetProperty(member, out _));
    }

    [Theory]
    [InlineData("Replace")]
    [InlineData("Subset")]
    [Requirement("SS-14")]
    public async Task No_update_goes_beyond_the_redirect_uris_of_the_statement(string precedence)
    {
        const string Other = "https://client.example/other";
        await using var own = await RunningServer.StartAsync(StatementIssuer.One.Trusted("RedirectUris=" + precedence));
        var statement = StatementIssuer.One.Statement($"\"software_id\":\"a\",\"redirect_uris\":[\"{Cb}\"]");
        var client = await OwnRecord.RegisterAsync(own, StatedCalls.Body(statement));

        foreach (var uris in new[] { $"\"{Other}\"", $"\"{Cb}\",\"{Other}\"" })
        {
            var body = client.Update(statement).Replace($"[\"{Cb}\"]", $"[{uris}]", StringComparison.Ordinal);
            var answer = await client.PutAsync(body);

            Assert.Equal(precedence == "Subset" ? HttpStatusCode.BadRequest : HttpStatusCode.OK, answer.Status);
            if (precedence == "Subset")
            {
                answer.IsRefusal("invalid_redirect_uri", HttpStatusCode.BadRequest, uris);
            }

            Assert.Equal([Cb], (await client.ReadAsync()).IsRecord().Json.Strings("redirect_uris"));
        }
    }

    [Fact]
    [Requirement("SS-15")]
    [Requirement("7591-3.2.1-07")]
    public async Task The_statement_comes_back_to_the_byte()
    {
        var statement = StatementIssuer.One.Statement("\"software_id\": \"\\u0061\" , \"client_name\":\"\u00fc\"", """{ "typ":"jwt","alg":"RS256" }""");

        var registered = (await server.RegisterAsync(StatedCalls.Body(statement))).IsRegistration();
        var client = OwnRecord.Of(server, registered.Json);
        var read = (await client.ReadAsync()).IsRecord();
        var updated = (await client.PutAsync(client.Update(statement))).IsRecord();

        Assert.All([registered, read, updated], answer => Assert.Equal(statement, answer.Text("software_statement")));
        var seen = await server.Directory().GetClientAsync(new() { ClientId = client.ClientId });
        Assert.Equal(statement, seen.Client.Metadata.SoftwareStatement);
    }

    [Fact]
    [Requirement("SS-17")]
    public async Task Claims_about_the_jwt_are_no_metadata()
    {
        var origin = server.PublicAddress.GetLeftPart(UriPartial.Authority);

        var registered = (await server.RegisterAsync(StatedCalls.Body(StatementIssuer.One.Fresh(
            server, $"\"sub\":\"s\",\"aud\":\"{origin}\",\"nbf\":1,\"software_id\":\"product-7\"")))).IsRegistration();

        Assert.Equal("product-7", registered.Text("software_id"));
        Assert.All(Housekeeping, claim => Assert.False(registered.Json.TryGetProperty(claim, out _), claim));
    }

    [Theory]
    [InlineData("client_id", "\"admin\"")]
    [InlineData("client_secret", "\"secret\"")]
    [InlineData("client_secret_expires_at", "1")]
    [InlineData("client_id_issued_at", "1")]
    [InlineData("registration_access_token", "\"token\"")]
    [InlineData("registration_client_uri", "\"https://evil.example/\"")]
    [InlineData("software_statement", "\"eyJhbGciOiJub25lIn0.e30.\"")]
    [InlineData("client_status", "\"active\"")]
    [Requirement("SS-18")]
    public async Task It_sets_nothing_that_the_service_issues(string claim, string value)
    {
        var body = Claiming($"\"software_id\":\"product-7\",\"{claim}\":{value}", "\"client_name\":\"B\"");

        var registered = (await server.RegisterAsync(body)).IsRegistration();

        Assert.NotEqual(value, registered.Json.GetProperty(claim).GetRawText());
    }

    [Theory]
    [InlineData("\"redirect_uris\":[\"https://x.example/#f\"]", "", "invalid_redirect_uri")]
    [InlineData("\"redirect_uris\":[\"javascript:alert(1)\"]", "", "invalid_redirect_uri")]
    [InlineData("\"redirect_uris\":\"https://client.example/cb\"", "", "invalid_redirect_uri")]
    [InlineData("\"redirect_uris\":[]", "", "invalid_redirect_uri")]
    [InlineData("\"jwks\":{\"keys\":[{\"kty\":\"EC\",\"crv\":\"P-256\"}]}", "", "invalid_client_metadata")]
    [InlineData("\"jwks\":{\"keys\":[]}", ",\"jwks_uri\":\"https://client.example/jwks\"", "invalid_client_metadata")]
    [InlineData("\"logo_uri\":\"javascript:alert(1)\"", "", "invalid_client_metadata")]
    [InlineData("\"logo_uri#fr\":\"javascript:alert(1)\"", "", "invalid_client_metadata")]
    [InlineData("\"scope\":\"admin\"", "", "invalid_client_metadata")]
    [InlineData("\"scope\":[\"openid\"]", "", "invalid_client_metadata")]
    [InlineData("\"grant_types\":[\"password\"]", "", "invalid_client_metadata")]
    [InlineData("\"token_endpoint_auth_method\":\"foo\"", "", "invalid_client_metadata")]
    [InlineData("\"client_name\":\"a\\u202eb\"", "", "invalid_client_metadata")]
    [InlineData("\"client_name\":7", "", "invalid_client_metadata")]
    [Requirement("SS-19")]
    public async Task What_it_says_is_judged_like_anything(string claim, string beside, string error) =>
        await server.RefusedAsync(error, Claiming("\"software_id\":\"product-7\"," + claim, "\"client_uri\":\"https://client.example/\"" + beside));

    /// <summary>A registration whose statement has these claims, and that has these members besides.</summary>
    private static string Claiming(string claims, string members)
    {
        var statement = StatementIssuer.One.Statement(claims);
        var redirects = members.StartsWith("\"redirect_uris\"", StringComparison.Ordinal) ? "" : $"\"redirect_uris\":[\"{Cb}\"],";
        return $$"""{{{redirects}}{{members}},"software_statement":"{{statement}}"}""";
    }

    /// <summary>Keeps a member of the deployment's own.</summary>
    public sealed class OwnMembers() : SharedServer([.. StatementIssuer.One.Trusted(), "Registration:ExtensionMembers=org_id"]);
}
