using System.Net;
using System.Text.Json;
using GrpcDcr.Admin.V1;
using GrpcDcr.TestKit.Service;

namespace GrpcDcr.Integration.Tests.Administration;

/// <summary>Initial access tokens that administrators issue (RFC 7591 section 3).</summary>
public sealed class InitialAccessTokenTests(TokenServer shared) : IClassFixture<TokenServer>
{
    private const string Tokens = "initial-access-tokens";

    private readonly RunningServer _server = shared.Server;

    [Fact]
    [Requirement("7591-3-04")]
    public async Task Admits_a_registration_and_is_counted()
    {
        var (token, id) = await IssueAsync("{\"label\":\"partner\",\"max_uses\":2}");

        await RegisterAsync(token);

        var record = (await _server.AdminAsync(HttpMethod.Get, $"{Tokens}/{id}")).Json;
        Assert.Equal((1, 2, "partner", true), (
            record.GetProperty("uses").GetInt32(), record.GetProperty("max_uses").GetInt32(), record.GetProperty("label").GetString(),
            record.GetProperty("usable").GetBoolean()));
        Assert.True(record.TryGetProperty("last_use_time", out _));
        Assert.DoesNotContain(token, record.GetRawText(), StringComparison.Ordinal);
        var listed = (await _server.AdminAsync(HttpMethod.Get, Tokens + "?page_size=500")).Json.GetProperty("initial_access_tokens");
        Assert.Contains(id, listed.EnumerateArray().Select(one => one.GetProperty("initial_access_token_id").GetString()));
    }

    [Fact]
    public async Task A_one_use_token_admits_one_of_any_number_at_once()
    {
        var (token, id) = await IssueAsync("{\"max_uses\":1}");

        var answers = await Task.WhenAll(Enumerable.Range(0, 32).Select(_ =>
            _server.RegisterAsync(Bodies.Smallest, "Authorization: Bearer " + token)));

        Assert.Single(answers, answer => answer.Status == HttpStatusCode.Created);
        Assert.All(answers.Where(answer => answer.Status != HttpStatusCode.Created), answer => answer.IsUnknownToken());
        Assert.Equal(1, (await _server.AdminAsync(HttpMethod.Get, $"{Tokens}/{id}")).Json.GetProperty("uses").GetInt32());
    }

    [Fact]
    public async Task Admits_nobody_once_it_is_revoked_or_expired()
    {
        var (revoked, id) = await IssueAsync("{}");
        var (expiring, _) = await IssueAsync("{\"ttl\":\"60s\"}");
        await RegisterAsync(revoked);
        await RegisterAsync(expiring);

        var first = await _server.AdminAsync(HttpMethod.Post, $"{Tokens}/{id}:revoke", "{\"reason\":\"leaked\"}");
        var second = await _server.AdminAsync(HttpMethod.Post, $"{Tokens}/{id}:revoke", "{}");
        _server.Time.Advance(TimeSpan.FromSeconds(60));

        Assert.Equal(first.Json.GetProperty("revoke_time").GetString(), second.Json.GetProperty("revoke_time").GetString());
        foreach (var token in new[] { revoked, expiring })
        {
            (await _server.RegisterAsync(Bodies.Smallest, "Authorization: Bearer " + token)).IsUnknownToken();
        }
    }

    [Fact]
    public async Task What_it_allowed_follows_its_client_into_every_update()
    {
        var (token, id) = await IssueAsync(Constrained);
        var elsewhere = await _server.RegisterAsync(
            """{"redirect_uris":["https://evil.example/cb"],"software_id":"partner-app"}""", "Authorization: Bearer " + token);
        elsewhere.IsRefusal("invalid_redirect_uri", HttpStatusCode.BadRequest, elsewhere.Body);
        var client = await OwnRecord.RegisterAsync(
            _server, """{"redirect_uris":["https://app.partner.example/cb"],"software_id":"partner-app"}""", "Authorization: Bearer "
                + token);
        await _server.AdminAsync(HttpMethod.Post, $"{Tokens}/{id}:revoke", "{}");

        var wider = await client.UpdateAsync("\"redirect_uris\":[\"https://evil.example/cb\"],\"software_id\":\"partner-app\"");
        var within = (await client.UpdateAsync("\"redirect_uris\":[\"https://b.partner.example/cb\"],\"software_id\":\"partner-app\""))
            .IsRecord();

        wider.IsRefusal("invalid_redirect_uri", HttpStatusCode.BadRequest, wider.Body);
        Assert.Equal(("active", "openid"), (within.Text("client_status"), within.Text("scope")));
        var seen = await _server.ClientAsync(client.ClientId);
        Assert.Equal((V1.Admission.InitialAccessToken, id, "Partner Ltd"), (seen.Admission, seen.InitialAccessTokenId, seen.Owner));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Approves_updates_of_its_clients_until_it_is_revoked(bool isRevoked)
    {
        var (token, id) = await IssueAsync("""{"constraints":{"automatic_approval":true}}""");
        var client = await OwnRecord.RegisterAsync(_server, Bodies.Smallest, "Authorization: Bearer " + token);
        if (isRevoked)
        {
            await _server.AdminAsync(HttpMethod.Post, $"{Tokens}/{id}:revoke", "{}");
        }

        var updated = (await client.UpdateAsync("\"redirect_uris\":[\"https://other.example/cb\"]")).IsRecord();

        Assert.Equal(("active", isRevoked), (updated.Text("client_status"), updated.Json.TryGetProperty("pending_update", out _)));
    }

    [Theory]
    [InlineData("{\"ttl\":\"59s\"}", "ttl")]
    [InlineData("{\"ttl\":\"-1s\"}", "ttl")]
    [InlineData("{\"expire_time\":\"2001-01-01T00:00:00Z\"}", "expire_time")]
    [InlineData("{\"expire_time\":\"9001-01-01T00:00:00Z\"}", "expire_time")]
    [InlineData("{\"max_uses\":0}", "max_uses")]
    [InlineData("{\"max_uses\":-1}", "max_uses")]
    [InlineData("{\"constraints\":{\"scopes\":[\"a b\"]}}", "constraints.scopes")]
    [InlineData("{\"constraints\":{\"grant_types\":[\"password\"]}}", "constraints.grant_types")]
    [InlineData("{\"constraints\":{\"redirect_hosts\":[\"*.co.uk\"]}}", "constraints.redirect_hosts")]
    [InlineData("{\"constraints\":{\"redirect_hosts\":[\"https://x.example\"]}}", "constraints.redirect_hosts")]
    [InlineData(
        """{"ttl":"1s","max_uses":0,"constraints":{"scopes":["a b"],"redirect_hosts":["*.co.uk","x/y"]}}""",
        "ttl max_uses constraints.scopes constraints.redirect_hosts constraints.redirect_hosts")]
    public async Task Says_which_fields_of_a_request_are_wrong(string request, string fields)
    {
        var refused = (await _server.AdminAsync(HttpMethod.Post, Tokens, request))
            .IsStatus(HttpStatusCode.BadRequest, 3, "INVALID_REQUEST");

        var violations = refused.Json.GetProperty("details").EnumerateArray().ElementAt(1).GetProperty("field_violations");
        Assert.Equal(fields.Split(' '), violations.EnumerateArray().Select(one => one.GetProperty("field").GetString()));
    }

    [Fact]
    public async Task Knows_no_other_token() =>
        (await _server.AdminAsync(HttpMethod.Get, $"{Tokens}/{Guid.CreateVersion7(_server.Time.GetUtcNow())}"))
            .IsStatus(HttpStatusCode.NotFound, 5, "TOKEN_NOT_FOUND");

    [Fact]
    public async Task Ends_at_the_time_that_is_given()
    {
        var end = DateTimeOffset.FromUnixTimeSeconds(_server.Time.GetUtcNow().ToUnixTimeSeconds() + 3600);
        var (token, id) = await IssueAsync($$"""{"expire_time":"{{end.UtcDateTime:yyyy-MM-ddTHH:mm:ssZ}}"}""");

        await RegisterAsync(token);

        var record = (await _server.AdminAsync(HttpMethod.Get, $"{Tokens}/{id}")).Json;
        Assert.Equal(end, record.GetProperty("expire_time").GetDateTimeOffset());
        Assert.False(record.TryGetProperty("max_uses", out _));
    }

    [Fact]
    public async Task An_act_that_was_refused_is_recorded_too()
    {
        (await _server.AdminAsync(HttpMethod.Post, Tokens, """{"max_uses":0,"reason":"refused by the tests"}"""))
            .IsStatus(HttpStatusCode.BadRequest, 3, "INVALID_REQUEST");
        (await _server.AdminAsync(HttpMethod.Post, Tokens + "/nonsense:revoke", """{"reason":"refused by the tests"}"""))
            .IsStatus(HttpStatusCode.NotFound, 5, "TOKEN_NOT_FOUND");

        var events = (await _server.AuditLog().ListAuditEventsAsync(new() { PageSize = 500, Order = ListOrder.OldestFirst })).Events
            .Where(e => e.Reason == "refused by the tests").ToList();

        Assert.Equal(
            [(AuditEventType.InitialAccessTokenIssued, "INVALID_REQUEST"), (AuditEventType.InitialAccessTokenRevoked, "TOKEN_NOT_FOUND")],
            events.Select(e => (e.Type, e.Refusal.Reason)));
        Assert.All(events, e => Assert.False(e.Succeeded));
    }

    [Fact]
    public async Task Acts_are_recorded_and_the_token_is_in_none_of_them()
    {
        var (token, id) = await IssueAsync("{\"label\":\"recorded\",\"reason\":\"new partner\"}");
        await _server.AdminAsync(HttpMethod.Post, $"{Tokens}/{id}:revoke", "{\"reason\":\"left\"}");

        var events = (await _server.AuditLog().ListAuditEventsAsync(new() { PageSize = 500, Order = ListOrder.OldestFirst })).Events
            .Where(e => e.InitialAccessToken?.InitialAccessTokenId == id).ToList();

        Assert.Equal(
            [(AuditEventType.InitialAccessTokenIssued, "new partner"), (AuditEventType.InitialAccessTokenRevoked, "left")],
            events.Select(e => (e.Type, e.Reason)));
        Assert.All(events, e => Assert.DoesNotContain(token, e.ToString(), StringComparison.Ordinal));
        Assert.DoesNotContain(_server.Log.All, line => line.Contains(token, StringComparison.Ordinal));
    }

    private const string Constrained =
        """
        {"constraints":{"scopes":["openid"],"grant_types":["authorization_code"],"redirect_hosts":["*.partner.example"],
        "software_id":"partner-app","automatic_approval":true,"owner":"Partner Ltd"}}
        """;

    private async Task<(string Token, string Id)> IssueAsync(string request)
    {
        var issued = await _server.AdminAsync(HttpMethod.Post, Tokens, request);
        Assert.True(issued.Status == HttpStatusCode.OK, issued.Body);
        return (issued.Text("token")!, issued.Json.GetProperty("initial_access_token").GetProperty("initial_access_token_id").GetString()!);
    }

    private async Task<JsonElement> RegisterAsync(string token) =>
        (await _server.RegisterAsync(Bodies.Smallest, "Authorization: Bearer " + token)).IsRegistration().Json;
}

/// <summary>Only tokens that administrators issue admit.</summary>
public sealed class TokenServer() : SharedServer("Registration:InitialAccessTokenRequired=true");
