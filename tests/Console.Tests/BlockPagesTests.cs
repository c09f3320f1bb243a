using System.Net;
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
