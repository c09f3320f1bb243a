using System.Text.Json.Nodes;
using GrpcDcr.TestKit.Service;

namespace GrpcDcr.Conformance.Tests.Rfc7592;

/// <summary>RFC 7592 section 2.2: an update replaces the whole document.</summary>
public sealed class UpdateTests(OpenServer shared) : IClassFixture<OpenServer>
{
    private const string Full =
        """
        {"redirect_uris":["https://client.example/cb"],"grant_types":["authorization_code","refresh_token"],
         "client_name":"Example","client_name#fr":"Exemple","logo_uri":"https://client.example/l","logo_uri#fr":"https://client.example/f",
         "scope":"openid","contacts":["ops@client.example"],"tos_uri":"https://client.example/tos","software_id":"s-1"}
        """;

    private const string Smallest = "\"redirect_uris\":[\"https://client.example/cb\"]";

    private static readonly string[] ServerIssued =
        ["registration_access_token", "registration_client_uri", "client_secret_expires_at", "client_id_issued_at"];

    private readonly RunningServer _server = shared.Server;

    [Fact]
    [Requirement("7592-2.2-01")]
    [Requirement("7592-2.2-17")]
    [Requirement("7592-2.1-02")]
    [Requirement("7592-3-03")]
    public async Task Answers_with_the_whole_new_document_and_the_old_identifier()
    {
        var registered = await _server.RegisteredAsync(Bodies.Smallest);
        var client = OwnRecord.Of(_server, registered);
        _server.Time.Advance(TimeSpan.FromHours(1));

        var updated = (await client.UpdateAsync("\"redirect_uris\":[\"https://client.example/new\"],\"client_name\":\"New\"")).IsRecord();

        Assert.Equal(["https://client.example/new"], updated.Json.Strings("redirect_uris"));
        Assert.Equal("New", updated.Text("client_name"));
        foreach (var kept in new[] { "client_id", "client_id_issued_at", "registration_client_uri" })
        {
            Assert.Equal(registered.GetProperty(kept).GetRawText(), updated.Json.GetProperty(kept).GetRawText());
        }

        Assert.Equal(updated.Body, (await client.ReadAsync()).IsRecord().Body);
    }

    [Fact]
    [Requirement("7592-2.2-07")]
    [Requirement("7592-2.2-08")]
    public async Task Removes_what_it_leaves_out_and_goes_back_to_the_defaults()
    {
        var client = await OwnRecord.RegisterAsync(_server, Full);

        var updated = (await client.UpdateAsync(Smallest)).IsRecord();

        foreach (var gone in new[] { "client_name", "client_name#fr", "logo_uri", "logo_uri#fr", "contacts", "tos_uri", "software_id" })
        {
            Assert.False(updated.Json.TryGetProperty(gone, out _), gone);
        }

        Assert.Equal(["authorization_code"], updated.Json.Strings("grant_types"));
        Assert.Equal("email profile", updated.Text("scope"));
        Assert.Equal(updated.Body, (await client.ReadAsync()).IsRecord().Body);
    }

    [Theory]
    [InlineData("\"client_name\":null,\"contacts\":null,\"logo_uri#fr\":null,\"grant_types\":null")]
    [InlineData("\"client_name\":\"\",\"contacts\":[],\"client_name#fr\":\"\",\"scope\":\"\"")]
    [InlineData("\"client_secret\":null,\"software_id\":\"\",\"tos_uri\":\"\"")]
    [Requirement("7592-2.2-10")]
    public async Task Takes_null_and_empty_members_for_absent_ones(string members)
    {
        var (plain, client) = (await OwnRecord.RegisterAsync(_server, Full), await OwnRecord.RegisterAsync(_server, Full));
        var expected = Names((await plain.UpdateAsync(Smallest)).IsRecord());

        var updated = (await client.UpdateAsync($"{Smallest},{members}")).IsRecord();

        Assert.Equal(expected, Names(updated));
        Assert.DoesNotContain("null", updated.Body, StringComparison.Ordinal);
        Assert.DoesNotContain("\"\"", updated.Body, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("\"x_unknown\":{\"a\":[1,null]}")]
    [InlineData("\"client_status\":\"active\"")]
    [InlineData("\"redirect_uri\":\"https://x.example/\"")]
    [Requirement("7592-2.2-15")]
    public async Task Ignores_members_it_does_not_know(string members)
    {
        var client = await OwnRecord.RegisterAsync(_server);

        var updated = (await client.UpdateAsync($"{Smallest},{members}")).IsRecord();

        Assert.Equal("pending", updated.Text("client_status"));
        Assert.False(updated.Json.TryGetProperty("x_unknown", out _) || updated.Json.TryGetProperty("redirect_uri", out _));
    }

    [Fact]
    [Requirement("7592-2.2-14")]
    public async Task Shows_what_it_registered_in_place_of_unsupported_grants()
    {
        var client = await OwnRecord.RegisterAsync(_server);

        var updated = (await client.UpdateAsync(Smallest + ",\"grant_types\":[\"authorization_code\",\"client_credentials\"]")).IsRecord();

        Assert.Equal(["authorization_code"], updated.Json.Strings("grant_types"));
        Assert.Equal(["authorization_code"], (await client.ReadAsync()).Json.Strings("grant_types"));
    }

    [Theory]
    [InlineData(Bodies.Smallest, false)]
    [InlineData(Bodies.PublicNative, false)]
    [InlineData(Full, false)]
    [InlineData(Full, true)]
    [Requirement("7592-2.2-16")]
    public async Task Takes_an_answer_back_and_changes_nothing(string body, bool afterApproval)
    {
        var registered = (await _server.RegisterAsync(body)).IsRegistration();
        var client = OwnRecord.Of(_server, registered.Json);
        if (afterApproval)
        {
            await _server.ActAsync(client.ClientId, "approve");
        }

        var before = (await client.ReadAsync()).IsRecord();

        var first = (await client.PutAsync(Returned(registered))).IsRecord();
        var second = (await client.PutAsync(Returned(before))).IsRecord();

        Assert.Equal(before.Body, second.Body);
        Assert.Equal(client.Secret, first.Text("client_secret"));
        Assert.Equal(before.Body, (await client.ReadAsync()).IsRecord().Body);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    [Requirement("7592-2.2-09")]
    [Requirement("D-07")]
    public async Task Gives_a_public_client_that_names_no_method_the_default_method_and_its_secret(bool afterApproval)
    {
        var client = await OwnRecord.RegisterAsync(_server, Bodies.PublicNative);
        if (afterApproval)
        {
            await _server.ActAsync(client.ClientId, "approve");
        }

        var updated = (await client.UpdateAsync("\"redirect_uris\":[\"http://127.0.0.1/cb\"],\"application_type\":\"native\"")).IsRecord();

        Assert.Equal("client_secret_basic", updated.Text("token_endpoint_auth_method"));
        Assert.NotEmpty(updated.Text("client_secret")!);
        Assert.True(updated.Json.TryGetProperty("client_secret_expires_at", out _));
    }

    private static string Returned(Answer answer)
    {
        var document = (JsonObject)JsonNode.Parse(answer.Body)!;
        foreach (var member in ServerIssued)
        {
            document.Remove(member);
        }

        return document.ToJsonString();
    }

    private static HashSet<string> Names(Answer answer) => [.. answer.Json.EnumerateObject().Select(member => member.Name)];
}
