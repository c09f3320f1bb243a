using System.Net;
using System.Text.RegularExpressions;
using GrpcDcr.Console.Tests.Running;
using GrpcDcr.TestKit.Service;
using GrpcDcr.V1;

namespace GrpcDcr.Console.Tests;

/// <summary>Acts on many clients: ticked ones, or all that match a filter.</summary>
public sealed partial class BatchPageTests : IAsyncLifetime
{
    private const string Approve = "/console/clients/batch-approve";
    private const string Reject = "/console/clients/batch-reject";
    private const string Delete = "/console/clients/batch-delete";

    private RunningServer? _server;

    private RunningServer Server => _server!;

    public async ValueTask InitializeAsync() => _server = await ConsoleServer.StartAsync([.. SampleConsole.Roles]);

    public ValueTask DisposeAsync() => Server.DisposeAsync();

    [Fact]
    public async Task Ticked_clients_are_approved_in_the_version_that_was_seen_and_each_refusal_is_named()
    {
        var (fine, changed, suspended, gone, never) = (
            await PendingAsync("fine"), await PendingAsync("changed"), await PendingAsync("suspended"), await PendingAsync("gone"),
            "01a22d80-0000-7000-8000-000000000001");
        using var visitor = await Visitor.SignedInAsync(Server, SampleConsole.ApproverToken);
        var boxes = BoxesIn(await visitor.GetAsync("/console"));
        Assert.Equal(new HashSet<string> { fine, changed, suspended, gone }, boxes.Select(box => box.Split(':')[0]).ToHashSet());
        await Server.AdminAsync(HttpMethod.Post, $"clients/{changed}:annotate", """{"set":{"team":"x"}}""");
        await Server.ActAsync(suspended, "suspend");
        await Server.AdminAsync(HttpMethod.Delete, "clients/" + gone);

        var asked = await visitor.SubmitAsync("/console", Approve, [.. boxes.Append($"{never}:v1").Select(box => ("client", box))]);
        Assert.Contains("5 clients ticked", asked.Visible(), StringComparison.Ordinal);
        Assert.Contains("It is gone.", asked.Visible(), StringComparison.Ordinal);
        Assert.Contains("Approve 5 clients", asked.Visible(), StringComparison.Ordinal);
        Assert.Equal("PENDING", await StateAsync(fine));

        var done = await visitor.PostAsync(Approve, [.. FieldsIn(asked), ("reason", "all known")]);
        Assert.Equal(HttpStatusCode.OK, done.Status);
        Assert.Contains("Done: 1 approved, 4 refused.", done.Visible(), StringComparison.Ordinal);
        Assert.Equal(
            [
                (never, "CLIENT_NOT_FOUND"), (gone, "CLIENT_NOT_FOUND"), (suspended, "ETAG_MISMATCH"), (changed, "ETAG_MISMATCH"),
            ],
            RefusedIn(done).OrderBy(refused => Array.IndexOf([never, gone, suspended, changed], refused.Client)));
        Assert.Equal("ACTIVE", await StateAsync(fine));
        var events = (await Server.AdminAsync(HttpMethod.Get, "audit-events?type=CLIENT_APPROVED")).Json.GetProperty("events")
            .EnumerateArray().Select(recorded => (
                recorded.GetProperty("client_id").GetString(), recorded.GetProperty("succeeded").GetBoolean(),
                recorded.GetProperty("reason").GetString(), recorded.GetProperty("actor").GetProperty("name").GetString()));
        Assert.Equal(
            new[] { (fine, true), (changed, false), (suspended, false), (gone, false), (never, false) }
                .Select(one => ((string?)one.Item1, one.Item2, (string?)"all known", (string?)"approver")).ToHashSet(),
            events.ToHashSet());
    }

    [Fact]
    public async Task What_matches_is_rejected_if_it_is_as_many_as_were_seen()
    {
        var ids = new[] { await PendingAsync("a"), await PendingAsync("b") };
        var active = await Server.ClientInAsync(ClientState.Active);
        using var visitor = await Visitor.SignedInAsync(Server, SampleConsole.ApproverToken);
        var search = await visitor.GetAsync("/console/clients?filter.state=PENDING&order=OLDEST_FIRST&page_size=1");
        var path = WebUtility.HtmlDecode(AllThatMatch().Match(search.Body).Groups[1].Value);
        Assert.Equal($"{Reject}?filter.state=PENDING", path);
        var asked = await visitor.GetAsync(path);
        Assert.Contains("2 clients match", asked.Visible(), StringComparison.Ordinal);
        Assert.Contains("State PENDING", asked.Visible(), StringComparison.Ordinal);
        var third = await PendingAsync("c");

        var other = await visitor.PostAsync(path, [.. FieldsIn(asked), ("reason", "flood"), ("public_reason", "Not here.")]);
        Assert.Equal(HttpStatusCode.BadRequest, other.Status);
        Assert.Contains("3 clients match the filter, not 2. Nothing was changed.", other.Visible(), StringComparison.Ordinal);
        Assert.Contains("Reject 3 clients", other.Visible(), StringComparison.Ordinal);
        Assert.Equal("flood", other.Body.ValueOf("reason"));
        Assert.Equal("PENDING", await StateAsync(ids[0]));

        var silent = await visitor.PostAsync(path, [.. FieldsIn(other)]);
        Assert.Equal(HttpStatusCode.BadRequest, silent.Status);
        Assert.Contains("A reason is required.", silent.Visible(), StringComparison.Ordinal);
        var done = await visitor.PostAsync(path, [.. FieldsIn(other), ("reason", "flood"), ("public_reason", "Not here.")]);
        Assert.Contains("Done: 3 rejected, 0 refused.", done.Visible(), StringComparison.Ordinal);
        foreach (var id in ids.Append(third))
        {
            var client = await Server.AdminAsync(HttpMethod.Get, "clients/" + id);
            Assert.Equal(
                ("REJECTED", "flood", "Not here."), (client.Text("state"), client.Text("state_reason"), client.Text("public_reason")));
        }

        Assert.Equal("ACTIVE", await StateAsync(active));
        Assert.Contains("No client matches.", (await visitor.GetAsync(path)).Visible(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Deleting_asks_to_type_how_many()
    {
        var ids = new[] { await PendingAsync("a"), await PendingAsync("b") };
        using var visitor = await Visitor.SignedInAsync(Server);
        var asked = await visitor.SubmitAsync(
            "/console", Delete, [.. BoxesIn(await visitor.GetAsync("/console")).Select(box => ("client", box))]);
        Assert.DoesNotContain(FieldsIn(asked), field => field.Name == "expected_count");
        foreach (var (typed, said) in new[]
        {
            ("", "expected_count must be the number of clients."), ("two", "expected_count must be the number of clients."),
            ("3", "2 clients are ticked, not 3."),
        })
        {
            var wrong = await visitor.PostAsync(Delete, [.. FieldsIn(asked), ("expected_count", typed)]);
            Assert.Equal(HttpStatusCode.BadRequest, wrong.Status);
            Assert.Contains($"id=\"expected_count-problem\" class=\"problem\">{said}", wrong.Body, StringComparison.Ordinal);
            Assert.Equal("PENDING", await StateAsync(ids[0]));
        }

        var done = await visitor.PostAsync(Delete, [.. FieldsIn(asked), ("expected_count", "2"), ("reason", "gone")]);
        Assert.Contains("Done: 2 deleted, 0 refused.", done.Visible(), StringComparison.Ordinal);
        Assert.Null(await StateAsync(ids[1]));
    }

    [Theory]
    [InlineData("", "Tick at least one client.")]
    [InlineData("client=x", "Each client must be its client_id, a colon and its etag.")]
    [InlineData("client=a:v1&client=a:v1&confirmed=true&expected_count=2", "&#x27;a&#x27; is there twice.")]
    [InlineData("client=a:v1&confirmed=yes&expected_count=1", "confirmed must be true, or absent.")]
    [InlineData("client=a:v1&confirmed=true&expected_count=2", "1 clients are ticked, not 2.")]
    [InlineData("confirmed=true&expected_count=10001", "The expected_count must be 0 to 10000 with a filter")]
    [InlineData("confirmed=true", "expected_count must be the number of clients.")]
    public async Task What_is_not_clear_is_refused_as_a_whole(string form, string said)
    {
        using var visitor = await Visitor.SignedInAsync(Server);
        await PendingAsync("a");
        var fields = form.Split('&', StringSplitOptions.RemoveEmptyEntries).Select(field => field.Split('='));
        var answer = await visitor.SubmitAsync("/console", Approve, [.. fields.Select(field => (field[0], field[1]))]);
        Assert.Equal(HttpStatusCode.BadRequest, answer.Status);
        Assert.Contains(said, answer.Body, StringComparison.Ordinal);
        Assert.Equal(1, await PendingCountAsync());
    }

    [Fact]
    public async Task Ticked_clients_and_a_filter_exclude_each_other_and_a_wrong_filter_is_named()
    {
        await PendingAsync("a");
        using var visitor = await Visitor.SignedInAsync(Server);
        var both = await visitor.SubmitAsync(
            "/console", Approve + "?filter.state=PENDING", ("client", "a:v1"), ("confirmed", "true"), ("expected_count", "1"));
        Assert.Contains("Either clients or filter is required, and not both.", both.Visible(), StringComparison.Ordinal);
        var wrong = await visitor.GetAsync(Approve + "?filter.state=LOST");
        Assert.Equal(HttpStatusCode.BadRequest, wrong.Status);
        Assert.Contains("filter.state must be one of", wrong.Visible(), StringComparison.Ordinal);
        var paged = await visitor.GetAsync(Approve + "?page_size=3");
        Assert.Contains("no query parameter 'page_size' here", paged.Visible(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(SampleConsole.ViewerToken, "")]
    [InlineData(SampleConsole.ApproverToken, "approve reject")]
    [InlineData(RunningServer.AdminToken, "approve reject delete")]
    public async Task Lists_offer_what_the_role_may_do(string token, string acts)
    {
        await PendingAsync("a");
        using var visitor = await Visitor.SignedInAsync(Server, token);
        foreach (var list in new[] { "/console", "/console/clients" })
        {
            var page = await visitor.GetAsync(list);
            Assert.Equal(acts, string.Join(' ', Offered().Matches(page.Body).Select(offered => offered.Groups[1].Value)));
            Assert.Equal(acts.Length > 0 ? 1 : 0, BoxesIn(page).Count);
        }
    }

    private async Task<string> PendingAsync(string name) =>
        (await Server.RegisteredAsync(SampleConsole.Named(name, name + ".example"))).GetProperty("client_id").GetString()!;

    private async Task<string?> StateAsync(string id) => (await Server.AdminAsync(HttpMethod.Get, "clients/" + id)).Text("state");

    private async Task<int> PendingCountAsync() =>
        (await Server.AdminAsync(HttpMethod.Get, "clients?filter.state=PENDING")).Json.GetProperty("clients").GetArrayLength();

    private static List<string> BoxesIn(Answer page) => [.. Box().Matches(page.Body).Select(box => box.Groups[1].Value)];

    private static List<(string Client, string Reason)> RefusedIn(Answer page) => [.. Refused().Matches(page.Body)
        .Select(refused => (refused.Groups[1].Value, refused.Groups[2].Value))];

    /// <summary>What the form sends without the user's doing.</summary>
    private static List<(string Name, string Value)> FieldsIn(Answer page) =>
    [
        (Visitor.AntiforgeryField, Visitor.TokenIn(page.Body)),
        .. Hidden().Matches(page.Body).Select(field => (field.Groups[1].Value, WebUtility.HtmlDecode(field.Groups[2].Value))),
    ];

    [GeneratedRegex("<input type=\"checkbox\" form=\"many\" name=\"client\" value=\"([^\"]*)\"")]
    private static partial Regex Box();

    [GeneratedRegex("<input type=\"hidden\" name=\"([^\"_]+|expected_count)\" value=\"([^\"]*)\"")]
    private static partial Regex Hidden();

    [GeneratedRegex("<li><a href=\"/console/clients/([^\"]*)\">.*?</a>: ([A-Z_]+)\\.")]
    private static partial Regex Refused();

    [GeneratedRegex("href=\"(/console/clients/batch-reject[^\"]*)\"")]
    private static partial Regex AllThatMatch();

    [GeneratedRegex("formaction=\"/console/clients/batch-(\\w+)\"")]
    private static partial Regex Offered();
}
