using System.Text.Json.Nodes;
using GrpcDcr.Admin.V1;
using GrpcDcr.TestKit.Service;

namespace GrpcDcr.Conformance.Tests.Rfc7592;

/// <summary>RFC 7592 sections 2.1 and 3: what a client reads of itself.</summary>
public sealed class ReadTests(OpenServer shared) : IClassFixture<OpenServer>
{
    private const string Full =
        """
        {"redirect_uris":["https://client.example/cb?x=1","HTTPS://Client.Example"],"token_endpoint_auth_method":"client_secret_post",
         "grant_types":["authorization_code","refresh_token","urn:ietf:params:oauth:grant-type:token-exchange"],"response_types":["code"],
         "client_name":"Example","client_name#fr":"Exemple","client_uri":"https://client.example/","logo_uri":"https://client.example/l",
         "scope":"openid","contacts":["ops@client.example"],"tos_uri":"https://client.example/tos","policy_uri":"https://client.example/p",
         "jwks_uri":"https://client.example/jwks","software_id":"s-1","software_version":"2","application_type":"web"}
        """;

    private readonly RunningServer _server = shared.Server;

    [Theory]
    [InlineData(Bodies.Smallest)]
    [InlineData(Bodies.PublicNative)]
    [InlineData(Full)]
    [Requirement("7592-2.1-01")]
    [Requirement("7592-2.1-02")]
    [Requirement("7592-2.1-03")]
    [Requirement("7592-3-01")]
    [Requirement("7592-3-03")]
    [Requirement("7592-3-04")]
    [Requirement("7591-2-21")]
    [Requirement("7591-3.1-04")]
    [Requirement("OIDR-3.2-02")]
    [Requirement("OIDR-4.3-01")]
    [Requirement("D-05")]
    public async Task Shows_all_of_a_registration_but_the_secret_that_is_kept_as_a_hash(string body)
    {
        var registered = (await _server.RegisterAsync(body)).IsRegistration();
        var client = OwnRecord.Of(_server, registered.Json);

        var read = (await client.ReadAsync()).IsRecord();

        var expected = Document(registered);
        Assert.Equal(client.Secret is not null, expected.Remove("client_secret"));
        Assert.True(JsonNode.DeepEquals(expected, Document(read)), $"{registered.Body} -> {read.Body}");
        Assert.Equal(client.Secret is not null, read.Json.TryGetProperty("client_secret_expires_at", out _));
        Assert.Equal(client.Token, read.TokenIn());
    }

    [Theory]
    [InlineData(Bodies.Smallest)]
    [InlineData(Full)]
    [Requirement("7592-2.1-07")]
    [Requirement("OIDR-4.2-01")]
    [Requirement("BR-07")]
    public async Task Changes_nothing(string body)
    {
        var client = await OwnRecord.RegisterAsync(_server, body);

        var first = (await client.ReadAsync()).IsRecord();
        _server.Time.Advance(TimeSpan.FromMinutes(1));
        var second = (await client.ReadAsync()).IsRecord();

        Assert.Equal(first.Body, second.Body);
        var events = await _server.AuditLog().ListAuditEventsAsync(new() { ClientId = client.ClientId });
        Assert.Equal([AuditEventType.ClientRegistered], events.Events.Select(e => e.Type));
    }

    [Fact]
    [Requirement("7592-3-05")]
    [Requirement("6749-5.1-01")]
    public async Task Is_never_cached()
    {
        var client = await OwnRecord.RegisterAsync(_server);

        var answers = new[]
        {
            await client.ReadAsync(), await client.UpdateAsync(
                "\"redirect_uris\":[\"https://client.example/cb\"]"), await client.PutAsync("{}"),
            await client.With("wrong").ReadAsync(), await client.DeleteAsync(),
        };

        Assert.All(answers, answer => Assert.True(answer.Headers.CacheControl?.NoStore));
    }

    [Fact]
    [Requirement("7592-B-01")]
    [Requirement("BR-09")]
    [Requirement("BRDCR-01")]
    public async Task Needs_no_more_than_the_address_and_the_token_that_were_issued()
    {
        var registered = await _server.RegisteredAsync(Full);
        var address = registered.GetProperty("registration_client_uri").GetString()!;
        using var http = new HttpClient();
        http.DefaultRequestHeaders.Add("Authorization", "Bearer " + registered.GetProperty("registration_access_token").GetString());

        for (var i = 0; i < 2; i++)
        {
            var read = (await Answer.OfAsync(await http.GetAsync(address))).IsRecord();
            Assert.Equal(registered.GetProperty("client_id").GetString(), read.Text("client_id"));
            Assert.Equal(address, read.Text("registration_client_uri"));
            Assert.Equal(registered.Strings("redirect_uris"), read.Json.Strings("redirect_uris"));
        }

        var id = registered.GetProperty("client_id").GetString();
        var update = $$"""{"client_id":"{{id}}","redirect_uris":["https://client.example/new"]}""";
        var updated = (await Answer.OfAsync(await http.PutAsync(address, Bodies.Json(update)))).IsRecord();
        Assert.Equal(address, updated.Text("registration_client_uri"));
        Assert.Equal(System.Net.HttpStatusCode.NoContent, (await http.DeleteAsync(address)).StatusCode);
    }

    /// <summary>A document without the token, which rotation may change.</summary>
    private static JsonObject Document(Answer answer)
    {
        var document = (JsonObject)JsonNode.Parse(answer.Body)!;
        Assert.True(document.Remove("registration_access_token"));
        return document;
    }
}
