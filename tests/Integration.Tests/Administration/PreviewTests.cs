using System.Net;
using System.Text.Json;
using GrpcDcr.TestKit.Samples;
using GrpcDcr.TestKit.Service;
using GrpcDcr.V1;

namespace GrpcDcr.Integration.Tests.Administration;

/// <summary>What would happen to a document, and why.</summary>
public sealed class PreviewTests(OpenServer shared) : IClassFixture<OpenServer>
{
    private readonly RunningServer _server = shared.Server;

    [Fact]
    public async Task Shows_every_default_and_replacement_and_the_first_state()
    {
        var before = await _server.CountClientsAsync();

        var preview = (await _server.AdminAsync(HttpMethod.Post, "clients:preview",
            """
            {"metadata":{"redirect_uris":["http://127.0.0.1/cb"],"grant_types":["authorization_code","password"],"scope":"openid"}}
            """)).Json;

        Assert.True(preview.GetProperty("acceptable").GetBoolean());
        Assert.Equal(("PENDING", "OPEN"), (preview.GetProperty("first_state").GetString(), preview.GetProperty("admission").GetString()));
        var changes = preview.GetProperty("changes").EnumerateArray().ToDictionary(
            change => change.GetProperty("member").GetString()!, change => change, StringComparer.Ordinal);
        Assert.Equal("[\"authorization_code\",\"password\"]", changes["grant_types"].GetProperty("before").GetString());
        Assert.Equal("[\"authorization_code\"]", changes["grant_types"].GetProperty("after").GetString());
        Assert.Equal("\"native\"", changes["application_type"].GetProperty("after").GetString());
        Assert.Equal("\"client_secret_basic\"", changes["token_endpoint_auth_method"].GetProperty("after").GetString());
        Assert.Equal(before, await _server.CountClientsAsync());
    }

    [Fact]
    public async Task Names_every_violation_at_once()
    {
        var preview = (await _server.AdminAsync(HttpMethod.Post, "clients:preview",
            """
            {"metadata":{"redirect_uris":["http://x.example/","https://x.example/#f"],"scope":"nope","logo_uri":"javascript:x"}}
            """)).Json;

        Assert.False(preview.GetProperty("acceptable").GetBoolean());
        Assert.Equal("invalid_redirect_uri", preview.GetProperty("error").GetString());
        Assert.False(preview.TryGetProperty("first_state", out _));
        Assert.Equal(
            ["redirect_uris[0]", "redirect_uris[1]", "scope", "logo_uri"],
            preview.GetProperty("violations").EnumerateArray().Select(v => v.GetProperty("field").GetString()));
    }

    [Fact]
    public async Task Decides_as_the_registration_with_that_token_would_be()
    {
        var issued = (await _server.AdminAsync(HttpMethod.Post, "initial-access-tokens",
            """{"constraints":{"scopes":["openid"],"automatic_approval":true}}""")).Json.GetProperty("initial_access_token");
        var id = issued.GetProperty("initial_access_token_id").GetString();

        var preview = (await _server.AdminAsync(HttpMethod.Post, "clients:preview",
            JsonSerializer.Serialize(
                new { metadata = new { redirect_uris = new[] { "https://x.example/" } }, initial_access_token_id = id }))).Json;

        Assert.Equal("ACTIVE", preview.GetProperty("first_state").GetString());
        Assert.Equal("INITIAL_ACCESS_TOKEN", preview.GetProperty("admission").GetString());
        Assert.Equal("openid", preview.GetProperty("metadata").GetProperty("scope").GetString());
        Assert.Equal(0, (await _server.AdminAsync(HttpMethod.Get, $"initial-access-tokens/{id}")).Json.GetProperty("uses").GetInt32());
    }

    [Fact]
    public async Task Reads_the_document_as_it_would_be_posted_to_register()
    {
        var preview = (await _server.AdminAsync(HttpMethod.Post, "clients:preview", $$$"""
            {"metadata":{"redirect_uris":["https://x.example/"],"client_name":"Shop","client_name#de":"Laden",
             "jwks":{"keys":[{{{{SampleKeys.Rsa}}}}]},
            "unheard_of":[1]}}
            """)).Json;

        Assert.True(preview.GetProperty("acceptable").GetBoolean(), preview.GetRawText());
        var metadata = preview.GetProperty("metadata");
        Assert.Equal("Laden", metadata.GetProperty("localized").GetProperty("client_name#de").GetString());
        Assert.Contains("keys", metadata.GetProperty("jwks").GetString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("\"default_max_age\":\"3600\",\"contacts\":5", "invalid_client_metadata", "contacts default_max_age")]
    [InlineData("\"logo_uri#fr\":\"javascript:1\",\"client_name#en_US\":\"x\"", "invalid_client_metadata", "logo_uri#fr client_name")]
    public async Task Names_values_of_a_wrong_type_with_the_broken_rules(string members, string error, string fields)
    {
        var preview = (await _server.AdminAsync(HttpMethod.Post, "clients:preview",
            $$$"""{"metadata":{{{Bodies.With(members)}}}}""")).Json;
        Assert.False(preview.GetProperty("acceptable").GetBoolean());
        Assert.Equal(error, preview.GetProperty("error").GetString());
        Assert.Equal(
            fields.Split(' ').Order(),
            preview.GetProperty("violations").EnumerateArray().Select(v => v.GetProperty("field").GetString()).Order());
    }

    [Theory]
    [InlineData("""{"metadata":{"scope":"a","scope":"b"}}""", "INVALID_CLIENT_METADATA", "metadata")]
    [InlineData("""{"metadata":[]}""", "INVALID_REQUEST", "metadata")]
    [InlineData("[]", "INVALID_REQUEST", null)]
    public async Task Refuses_a_document_that_cannot_be_read(string body, string reason, string? field)
    {
        var answer = await _server.AdminAsync(HttpMethod.Post, "clients:preview", body);

        Assert.Equal(HttpStatusCode.BadRequest, answer.Status);
        var details = answer.Json.GetProperty("details").EnumerateArray().ToList();
        Assert.Equal(reason, details[0].GetProperty("reason").GetString());
        Assert.Equal(field, details.Count == 1 ? null : details[1].GetProperty("field_violations")[0].GetProperty("field").GetString());
    }

    [Fact]
    public async Task A_program_may_ask_for_one()
    {
        var before = await _server.CountClientsAsync();

        var answer = await _server.Registration().PreviewRegistrationAsync(new()
        {
            Metadata = new() { RedirectUris = { "https://x.example/cb" } },
        });

        Assert.Equal((true, ClientState.Pending), (answer.Preview.Acceptable, answer.Preview.FirstState));
        Assert.Equal(before, await _server.CountClientsAsync());
    }
}
