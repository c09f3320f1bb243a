using System.Text.Json;
using GrpcDcr.Server.Model;
using GrpcDcr.Server.SoftwareStatements;
using GrpcDcr.TestKit;
using GrpcDcr.TestKit.Samples;

namespace GrpcDcr.Server.Tests.SoftwareStatements;

/// <summary>Which claims are client metadata.</summary>
public sealed class ClaimedMetadataTests
{
    [Fact, Trait("Requirement", "SS-16")]
    public void Reads_every_member_there_is()
    {
        var claims = Read(
            """
            {"redirect_uris":["https://a.example/cb"],"grant_types":["authorization_code"],"response_types":["code"],
             "contacts":["a@a.example"],
             "token_endpoint_auth_method":"none","client_name":"A","client_uri":"https://a.example","logo_uri":"https://a.example/l",
             "tos_uri":"https://a.example/t","policy_uri":"https://a.example/p","scope":"email","jwks_uri":"https://a.example/k",
             "jwks":{"keys":[]},
             "software_id":"7","software_version":"1","application_type":"web","client_name#ja":"B",
             "default_max_age":60,"require_auth_time":true,
             "request_uris":["https://a.example/r"],"vp_formats_supported":{"x":{}},"subject_type":"pairwise"}
            """);
        Assert.Empty(claims.Violations);
        Assert.Equal(21, claims.Members.Count);
        var values = claims.Values;
        Assert.Equal(
            ("https://a.example/cb", "authorization_code", "code", "a@a.example"),
            (values.RedirectUris[0].Text, values.GrantTypes[0], values.ResponseTypes[0], values.Texts(CoreMembers.Contacts)[0]));
        Assert.Equal(
            ("none", "A", "https://a.example", "https://a.example/l", "https://a.example/t", "https://a.example/p"),
            (values.TokenEndpointAuthMethod, values.ClientName, values.Text(CoreMembers.ClientUri),
                values.Text(CoreMembers.LogoUri), values.Text(CoreMembers.TosUri), values.Text(CoreMembers.PolicyUri)));
        Assert.Equal(
            ("email", "https://a.example/k", "7", "1", "web", "B"),
            (values.Scope, values.JwksUri, values.Text(CoreMembers.SoftwareId), values.Text(CoreMembers.SoftwareVersion),
                values.ApplicationType, values.Localized["client_name#ja"]));
        Assert.Equal("""{"keys":[]}""", values.Jwks!.Value.GetRawText());
        Assert.Equal(
            ("60", true, "https://a.example/r", """{"x":{}}""", "pairwise"),
            (values.JsonOf("default_max_age"), values.Flag(ExtensionMembers.RequireAuthTime), values.Texts(ExtensionMembers.RequestUris)[0],
                values.JsonOf("vp_formats_supported"), values.Text(ExtensionMembers.SubjectType)));
    }

    public static TheoryData<string> Forbidden { get; } =
    [
        "iss", "sub", "aud", "exp", "nbf", "iat", "jti", "client_id", "client_secret", "client_secret_expires_at", "client_id_issued_at",
        "registration_access_token", "registration_client_uri", "software_statement", "client_status",
    ];

    [Theory, Trait("Requirement", "SS-17"), Trait("Requirement", "SS-18")]
    [MemberData(nameof(Forbidden))]
    public void Makes_no_metadata_of_claims_that_are_none(string claim)
    {
        var claims = Read($$"""{"{{claim}}":"x","client_name":"A"}""");
        Assert.Equal([CoreMembers.ClientName], claims.Members);
        Assert.Empty(claims.Violations);
        Assert.Null(claims.Values.SoftwareStatement);
        Assert.Equal(["client_name"], claims.Values.Named().Select(member => member.Key));
    }

    [Theory, Trait("Requirement", "SS-16")]
    [InlineData("\"x\"")]
    [InlineData("{\"a\":[1]}")]
    [InlineData("7")]
    [InlineData("false")]
    public void Reads_members_of_the_deployment_s_own_of_any_type(string value)
    {
        var claims = Read($$"""{"org_id":{{value}},"sub":"x"}""");
        Assert.Equal(["org_id"], claims.Members);
        Assert.Equal(value, Assert.Single(claims.Values.Extensions).Value.GetRawText());
    }

    [Theory]
    [InlineData("org_name", "\"x\"")]
    [InlineData("Client_Name", "1")]
    [InlineData("redirect_uris#ja", "1")]
    [InlineData("client_name", "null")]
    [InlineData("redirect_uris", "null")]
    [InlineData("client_name#ja", "null")]
    public void Passes_over_what_is_unknown_or_null(string claim, string value)
    {
        var claims = Read($$"""{"{{claim}}":{{value}}}""");
        Assert.Equal((0, 0), (claims.Members.Count, claims.Violations.Count));
    }

    [Theory]
    [InlineData("redirect_uris", "\"https://a.example\"", "an array of strings")]
    [InlineData("redirect_uris", "[1]", "an array of strings")]
    [InlineData("contacts", "[null]", "an array of strings")]
    [InlineData("client_name", "1", "a string")]
    [InlineData("client_name#ja", "{}", "a string")]
    [InlineData("scope", "[\"email\"]", "a string")]
    [InlineData("software_id", "1", "a string")]
    [InlineData("jwks", "\"{}\"", "a JSON object")]
    [InlineData("jwks", "[]", "a JSON object")]
    [InlineData("default_max_age", "\"60\"", "a whole number, written without fraction and exponent")]
    [InlineData("require_auth_time", "\"true\"", "true or false")]
    [InlineData("vp_formats_supported", "[]", "a JSON object")]
    [InlineData("request_uris", "{}", "an array of strings")]
    [InlineData("subject_type", "true", "a string")]
    public void Names_claims_of_the_wrong_type(string claim, string value, string allowed)
    {
        var violation = Assert.Single(Read($$"""{"{{claim}}":{{value}}}""").Violations);
        Assert.Equal(claim, violation.Member);
        Assert.EndsWith($"in software_statement must be {allowed}.", violation.Description, StringComparison.Ordinal);
        PlainAscii.Check(violation.Description);
    }

    [Theory]
    [InlineData("""{"software_redirect_uris":["https://a.example/cb"]}""")]
    [InlineData("""{"software_redirect_uris":["https://a.example/cb"],"redirect_uris":["https://b.example/cb"]}""")]
    [InlineData("""{"redirect_uris":["https://b.example/cb"],"software_redirect_uris":["https://a.example/cb"]}""")]
    public void Reads_members_from_claims_of_other_names(string json)
    {
        var claims = Read(json, "redirect_uris=software_redirect_uris client_name=software_client_name");
        Assert.Equal(["https://a.example/cb"], claims.Values.RedirectUris);
        Assert.Equal([CoreMembers.RedirectUris], claims.Members);
    }

    private static ClaimedMetadata Read(string json, string names = "") =>
        ClaimedMetadata.Read(JsonElement.Parse(json), ClaimNames.Read(names), Verifying.OwnMembers);
}
