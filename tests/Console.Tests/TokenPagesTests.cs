using System.Net;
using GrpcDcr.Console.Tests.Running;
using GrpcDcr.TestKit.Service;

namespace GrpcDcr.Console.Tests;

/// <summary>Initial access tokens are issued, shown once, listed and revoked.</summary>
public sealed class TokenPagesTests(SampleConsole console)
{
    private const string List = "/console/tokens";
    private const string Issue = "/console/tokens/issue";

    [Fact]
    public async Task A_token_is_shown_on_the_response_that_issues_it_and_nowhere_else()
    {
        await using var server = await ConsoleServer.StartAsync();
        using var visitor = await Visitor.SignedInAsync(server);
        var answer = await SendAsync(
            visitor,
            ("label", "Partner <b>"), ("ttl", "30d"), ("max_uses", "2"), ("constraints.owner", "Partner Ltd"),
            ("constraints.automatic_approval", "true"), ("constraints.scopes", "openid profile"),
            ("constraints.grant_types", "authorization_code"), ("constraints.redirect_hosts", "app.example *.partner.example"),
            ("constraints.software_id", "software-7"), ("reason", "contract"));
        Assert.True(answer.Status == HttpStatusCode.OK, answer.Body);
        var token = answer.TextIn("code", "secret");
        Assert.Matches(@"^[A-Za-z0-9_-]{43}\.[A-Za-z0-9_-]{22}$", token);
        Assert.DoesNotContain(token, $"{answer.Headers}{answer.ContentHeaders}", StringComparison.Ordinal);

        var record = (await server.AdminAsync(HttpMethod.Get, "initial-access-tokens")).Json.GetProperty("initial_access_tokens")[0];
        var id = record.GetProperty("initial_access_token_id").GetString()!;
        Assert.Equal("Partner <b>", record.GetProperty("label").GetString());
        Assert.Equal(2, record.GetProperty("max_uses").GetInt32());
        Assert.Equal(
            server.Time.GetUtcNow().AddDays(30).UtcDateTime, record.GetProperty("expire_time").GetDateTime(), TimeSpan.FromSeconds(1));
        var constraints = record.GetProperty("constraints");
        Assert.Equal(["openid", "profile"], constraints.Strings("scopes"));
        Assert.Equal(["authorization_code"], constraints.Strings("grant_types"));
        Assert.Equal(["app.example", "*.partner.example"], constraints.Strings("redirect_hosts"));
        Assert.True(constraints.GetProperty("automatic_approval").GetBoolean());
        Assert.Equal(
            ("software-7", "Partner Ltd"),
            (constraints.GetProperty("software_id").GetString(), constraints.GetProperty("owner").GetString()));

        foreach (var path in new[] { List, $"{List}/{id}", $"{List}/{id}/revoke", Issue })
        {
            Assert.DoesNotContain(token, (await visitor.GetAsync(path)).Body, StringComparison.Ordinal);
        }

        Assert.Contains("Partner &lt;b&gt;", (await visitor.GetAsync(List)).Body, StringComparison.Ordinal);
        Assert.DoesNotContain(server.Log.All, line => line.Contains(token, StringComparison.Ordinal));
        var events = await server.AdminAsync(HttpMethod.Get, "audit-events?type=INITIAL_ACCESS_TOKEN_ISSUED");
        var recorded = Assert.Single(events.Json.GetProperty("events").EnumerateArray());
        Assert.Equal("contract", recorded.GetProperty("reason").GetString());
        Assert.Equal("admin", recorded.GetProperty("actor").GetProperty("name").GetString());
        Assert.DoesNotContain(token, events.Body, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Created, (await server.RegisterAsync(
            """{"software_id":"software-7","redirect_uris":["https://app.example/cb"],"scope":"openid"}""",
            "Authorization: Bearer " + token)).Status);
    }

    [Fact]
    public async Task The_same_form_sent_again_issues_nothing()
    {
        using var visitor = await Visitor.SignedInAsync(console.Server);
        var form = (await visitor.GetAsync(Issue)).Body;
        (string, string)[] fields =
            [(Visitor.AntiforgeryField, Visitor.TokenIn(form)), ("request_id", form.ValueOf("request_id")), ("label", "once")];
        Assert.Equal(HttpStatusCode.OK, (await visitor.PostAsync(Issue, fields)).Status);
        var again = await visitor.PostAsync(Issue, fields);
        Assert.Equal(HttpStatusCode.Conflict, again.Status);
        Assert.Contains("already took effect", again.Body, StringComparison.Ordinal);
        var all = await console.Server.AdminAsync(HttpMethod.Get, "initial-access-tokens");
        Assert.Single(all.Json.GetProperty("initial_access_tokens").EnumerateArray(), token => token.Label() == "once");
    }

    [Fact]
    public async Task Every_wrong_field_is_named_at_once_and_keeps_what_was_entered()
    {
        using var visitor = await Visitor.SignedInAsync(console.Server);
        var answer = await SendAsync(
            visitor,
            ("label", new string('x', 201)), ("ttl", "soon"), ("expire_time", "2020-01-01T00:00"), ("max_uses", "many"),
            ("constraints.grant_types", "password"), ("constraints.redirect_hosts", "*.com"), ("constraints.scopes", "openid"),
            ("constraints.automatic_approval", "on"));
        Assert.Equal(HttpStatusCode.BadRequest, answer.Status);
        foreach (var field in new[]
        {
            "label", "ttl", "expire_time", "max_uses", "constraints.grant_types", "constraints.redirect_hosts",
            "constraints.automatic_approval",
        })
        {
            Assert.Contains($"id=\"{field}-problem\"", answer.Body, StringComparison.Ordinal);
            Assert.Contains($"href=\"#{field}\"", answer.Body, StringComparison.Ordinal);
        }

        Assert.DoesNotContain("constraints.scopes-problem", answer.Body, StringComparison.Ordinal);
        Assert.Equal("openid", answer.Body.ValueOf("constraints.scopes"));
        Assert.Equal("soon", answer.Body.ValueOf("ttl"));
    }

    [Theory]
    [InlineData("ttl", "90m", "5400")]
    [InlineData("ttl", "12 h", "43200")]
    [InlineData("ttl", "60s", "60")]
    [InlineData("expire_time", "+1", "86400")]
    public async Task Expiry_is_a_lifetime_or_a_time(string field, string text, string seconds)
    {
        using var visitor = await Visitor.SignedInAsync(console.Server);
        var now = console.Server.Time.GetUtcNow();
        var sent = text == "+1" ? now.AddDays(1).UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss") : text;
        var label = $"{field} {text}";
        Assert.Equal(HttpStatusCode.OK, (await SendAsync(visitor, ("label", label), (field, sent))).Status);
        var all = await console.Server.AdminAsync(HttpMethod.Get, "initial-access-tokens?page_size=500");
        var issued = all.Json.GetProperty("initial_access_tokens").EnumerateArray().Single(token => token.Label() == label);
        Assert.Equal(
            now.UtcDateTime.AddSeconds(int.Parse(seconds)), issued.GetProperty("expire_time").GetDateTime(), TimeSpan.FromSeconds(1));
    }

    [Fact]
    public async Task A_token_is_revoked_after_a_confirmation_and_the_list_says_so()
    {
        using var visitor = await Visitor.SignedInAsync(console.Server);
        await SendAsync(visitor, ("label", "to be revoked"));
        var all = await console.Server.AdminAsync(HttpMethod.Get, "initial-access-tokens?page_size=500");
        var id = all.Json.GetProperty("initial_access_tokens").EnumerateArray().Single(token => token.Label() == "to be revoked")
            .GetProperty("initial_access_token_id").GetString();
        var page = $"{List}/{id}/revoke";
        Assert.Contains("usable", (await visitor.GetAsync(page)).Body, StringComparison.Ordinal);

        var tooLong = await visitor.SubmitAsync(page, page, ("reason", new string('x', 1001)));
        Assert.Equal(HttpStatusCode.BadRequest, tooLong.Status);
        Assert.Contains("id=\"reason-problem\"", tooLong.Body, StringComparison.Ordinal);
        var answer = await visitor.SubmitAsync(page, page, ("reason", "left"));
        Assert.Equal((HttpStatusCode.SeeOther, $"{List}/{id}"), (answer.Status, answer.Headers.Location!.OriginalString));
        var after = (await visitor.GetAsync($"{List}/{id}")).Body;
        Assert.Contains("The initial access token is revoked.", after, StringComparison.Ordinal);
        Assert.DoesNotContain("Revoke it", after, StringComparison.Ordinal);
        var events = await console.Server.AdminAsync(HttpMethod.Get, "audit-events?type=INITIAL_ACCESS_TOKEN_REVOKED");
        Assert.Equal(
            [("left", true), (new string('x', 1000), false)],
            events.Json.GetProperty("events").EnumerateArray()
                .Select(each => (each.GetProperty("reason").GetString(), each.GetProperty("succeeded").GetBoolean())));
    }

    [Fact]
    public async Task A_viewer_reads_and_is_offered_no_act()
    {
        using var visitor = await Visitor.SignedInAsync(console.Server, SampleConsole.ViewerToken);
        foreach (var path in new[] { List, $"{List}/{console.Token}" })
        {
            var answer = await visitor.GetAsync(path);
            Assert.Equal(HttpStatusCode.OK, answer.Status);
            Assert.DoesNotContain("/issue", answer.Body, StringComparison.Ordinal);
            Assert.DoesNotContain("/revoke", answer.Body, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task An_unknown_token_is_not_found()
    {
        using var visitor = await Visitor.SignedInAsync(console.Server);
        foreach (var id in new[] { "x", "01a22d9c-7b27-78f0-aa97-1541da0a317f" })
        {
            Assert.Equal(HttpStatusCode.NotFound, (await visitor.GetAsync($"{List}/{id}")).Status);
            Assert.Equal(HttpStatusCode.NotFound, (await visitor.SubmitAsync(Issue, $"{List}/{id}/revoke")).Status);
        }
    }

    private static async Task<Answer> SendAsync(Visitor visitor, params (string Name, string Value)[] fields)
    {
        var form = (await visitor.GetAsync(Issue)).Body;
        return await visitor.PostAsync(
            Issue, [(Visitor.AntiforgeryField, Visitor.TokenIn(form)), ("request_id", form.ValueOf("request_id")), .. fields]);
    }
}
