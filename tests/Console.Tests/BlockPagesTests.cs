using System.Net;
using System.Text.RegularExpressions;
using GrpcDcr.Console.Tests.Running;
using GrpcDcr.TestKit.Service;

namespace GrpcDcr.Console.Tests;

/// <summary>Block rules are created, listed and deleted.</summary>
public sealed class BlockPagesTests(SampleConsole console)
{
    private const string List = "/console/blocks";
    private const string Create = "/console/blocks/create";

    [Fact]
    public async Task A_rule_takes_effect_is_listed_and_is_deleted_after_a_confirmation()
    {
        await using var server = await ConsoleServer.StartAsync();
        using var visitor = await Visitor.SignedInAsync(server);
        var document = SampleConsole.Named("Evil", "a.evil.example");
        var created = await visitor.SubmitAsync(
            Create, Create,
            ("subject", "REDIRECT_HOST"), ("value", "*.Evil.example"), ("effect", "REFUSE"), ("reason", "phishing <b>"),
            ("expire_time", "2100-01-01T00:00:00"));
        Assert.Equal(HttpStatusCode.SeeOther, created.Status);
        var id = created.Headers.Location!.OriginalString.Split('#')[1];
        Assert.Equal(HttpStatusCode.BadRequest, (await server.RegisterAsync(document)).Status);

        var list = (await visitor.GetAsync(List)).Visible();
        foreach (var shown in new[] { "*.evil.example", "REDIRECT_HOST", "REFUSE", "phishing <b>", "2100-01-01 00:00:00", "by admin" })
        {
            Assert.Contains(shown, list, StringComparison.Ordinal);
        }

        var page = $"{List}/{id}/delete";
        Assert.Contains("*.evil.example", (await visitor.GetAsync(page)).Visible(), StringComparison.Ordinal);
        var deleted = await visitor.SubmitAsync(page, page, ("reason", "mistake"));
        Assert.Equal((HttpStatusCode.SeeOther, List), (deleted.Status, deleted.Headers.Location!.OriginalString));
        Assert.Contains("There is none.", (await visitor.GetAsync(List)).Body, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Created, (await server.RegisterAsync(document)).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await visitor.GetAsync(page)).Status);

        var events = (await server.AdminAsync(HttpMethod.Get, "audit-events?order=OLDEST_FIRST")).Json
            .GetProperty("events").EnumerateArray()
            .Where(recorded => recorded.TryGetProperty("block_rule", out _))
            .Select(recorded => (
                recorded.GetProperty("type").GetString(),
                recorded.GetProperty("reason").GetString(),
                recorded.GetProperty("block_rule").GetProperty("block_rule_id").GetString()));
        Assert.Equal([("BLOCK_RULE_CREATED", "phishing <b>", id), ("BLOCK_RULE_DELETED", "mistake", id)], events);
    }

    [Fact]
    public async Task Another_page_fills_in_the_form_by_the_query()
    {
        using var visitor = await Visitor.SignedInAsync(console.Server);
        var form = (await visitor.GetAsync(Create + "?subject=SOURCE_NETWORK&value=2001:db8::/64&effect=HOLD")).Body;
        Assert.Contains("<option value=\"SOURCE_NETWORK\" selected=\"selected\">", form, StringComparison.Ordinal);
        Assert.Contains("<option value=\"HOLD\" selected=\"selected\">", form, StringComparison.Ordinal);
        Assert.Equal("2001:db8::/64", form.ValueOf("value"));

        var wrong = await visitor.GetAsync(Create + "?subject=SHOE_SIZE&effect=MAYBE");
        Assert.Equal(HttpStatusCode.BadRequest, wrong.Status);
        Assert.Contains("subject must be one of REDIRECT_HOST", wrong.Body, StringComparison.Ordinal);
        Assert.Contains("effect must be one of REFUSE, HOLD", wrong.Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_page_of_a_suspended_client_offers_a_rule_for_each_thing_it_has()
    {
        await using var server = await ConsoleServer.StartAsync([.. SampleConsole.Roles]);
        var id = await server.ClientInAsync(GrpcDcr.V1.ClientState.Active, """
            {"client_name":"Flood & Co <b>","software_id":"a/b&c","redirect_uris":["https://flood.example/a","https://flood.example/b",
             "http://127.0.0.1/cb"]}
            """);
        using var visitor = await Visitor.SignedInAsync(server);
        Assert.Empty(LinksIn(await visitor.GetAsync($"/console/clients/{id}")));
        var suspended = await visitor.SubmitAsync(
            $"/console/clients/{id}/suspend", $"/console/clients/{id}/suspend", ("reason", "flood"));
        var page = await visitor.GetAsync(suspended.Headers.Location!.OriginalString);
        var offered = new List<(string, string)>();
        foreach (var link in LinksIn(page))
        {
            var form = (await visitor.GetAsync(link)).Body;
            var subject = Regex.Match(form, "<option value=\"(\\w+)\" selected=\"selected\">").Groups[1].Value;
            offered.Add((subject, form.ValueOf("value")));
            var created = await visitor.SubmitAsync(link, Create, ("subject", subject), ("value", form.ValueOf("value")), ("reason", "x"));
            Assert.Equal(HttpStatusCode.SeeOther, created.Status);
        }

        Assert.Equal(
            [
                ("REDIRECT_HOST", "flood.example"), ("SOFTWARE_ID", "a/b&c"), ("CLIENT_NAME", "Flood & Co <b>"),
                ("SOURCE_NETWORK", "127.0.0.1"),
            ],
            offered);
        using var viewer = await Visitor.SignedInAsync(server, SampleConsole.ViewerToken);
        Assert.Empty(LinksIn(await viewer.GetAsync($"/console/clients/{id}")));

        static List<string> LinksIn(Answer page) =>
        [
            .. Regex.Matches(page.Body, "href=\"(/console/blocks/create[^\"]*)\"")
                .Select(link => WebUtility.HtmlDecode(link.Groups[1].Value)),
        ];
    }

    [Theory]
    [InlineData("SOURCE_NETWORK", "nowhere", "", "2020-01-01T00:00", "value reason expire_time")]
    [InlineData("", "", "", "tomorrow", "subject reason expire_time")]
    [InlineData("SHOE_SIZE", "9", "LAUGH", "", "subject effect reason")]
    public async Task Every_wrong_field_is_named_at_once(string subject, string value, string effect, string expiry, string wrong)
    {
        using var visitor = await Visitor.SignedInAsync(console.Server);
        var answer = await visitor.SubmitAsync(
            Create, Create, ("subject", subject), ("value", value), ("effect", effect), ("reason", " "), ("expire_time", expiry));
        Assert.Equal(HttpStatusCode.BadRequest, answer.Status);
        Assert.Equal(
            wrong.Split(' '),
            new[] { "subject", "value", "effect", "reason", "expire_time" }
                .Where(field => answer.Body.Contains($"id=\"{field}-problem\"", StringComparison.Ordinal)));
        Assert.Equal(value, answer.Body.ValueOf("value"));
    }

    [Fact]
    public async Task A_viewer_reads_and_is_offered_no_act()
    {
        using var visitor = await Visitor.SignedInAsync(console.Server, SampleConsole.ViewerToken);
        var list = (await visitor.GetAsync(List)).Body;
        Assert.Contains(console.BlockRule, list, StringComparison.Ordinal);
        Assert.DoesNotContain("/create", list, StringComparison.Ordinal);
        Assert.DoesNotContain("/delete", list, StringComparison.Ordinal);
    }
}
