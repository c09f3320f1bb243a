using System.Net;
using System.Text.Json;
using System.Text.RegularExpressions;
using GrpcDcr.Admin.V1;
using GrpcDcr.Console.Tests.Running;
using GrpcDcr.TestKit.Service;
using Microsoft.Playwright;

namespace GrpcDcr.Console.Tests;

/// <summary>The audit log is filtered, read page by page, and followed.</summary>
public sealed partial class AuditPageTests(Chromium chromium, SampleConsole console)
{
    private const string Audit = "/console/audit";

    /// <summary>A query for each filter and the order; <c>CLIENT</c> stands for a client, <c>NOW</c> for the time of the service.</summary>
    private static readonly string[] Queries =
    [
        "client_id=CLIENT", "type=CLIENT_APPROVED", "actor=admin", "source_network=127.0.0.0/8", "source_network=203.0.113.1",
        "start_time=2020-01-01T00:00:00Z", "start_time=NOW", "end_time=NOW", "end_time=2020-01-01T00:00:00Z", "order=OLDEST_FIRST",
        "page_size=3", "type=CLIENT_APPROVED&actor=admin&client_id=CLIENT&order=NEWEST_FIRST",
    ];

    public static TheoryData<string> Filters => [.. Queries];

    [Theory]
    [MemberData(nameof(Filters))]
    public async Task Shows_the_events_that_the_API_lists(string query)
    {
        var sent = query.Replace("CLIENT_APPROVED", "\0", StringComparison.Ordinal)
            .Replace("CLIENT", console.Updated, StringComparison.Ordinal).Replace("\0", "CLIENT_APPROVED", StringComparison.Ordinal)
            .Replace("NOW", $"{console.Server.Time.GetUtcNow():yyyy-MM-dd'T'HH:mm:ss}Z", StringComparison.Ordinal);
        using var visitor = await Visitor.SignedInAsync(console.Server, SampleConsole.ViewerToken);
        await visitor.GetAsync(Audit);
        var page = await visitor.GetAsync($"{Audit}?{sent}");
        var api = await console.Server.AdminAsync(HttpMethod.Get, $"audit-events?{sent}");
        Assert.Equal(HttpStatusCode.OK, page.Status);
        Assert.Equal(SequencesOf(api), SequencesIn(page));
    }

    [Fact]
    public void Every_filter_of_the_API_is_tried() => Assert.Equal(
        [],
        ListAuditEventsRequest.Descriptor.Fields.InDeclarationOrder().Select(field => field.JsonName)
            .Except(["page_token"]).Except(Queries.SelectMany(query => query.Split('&')).Select(parameter => parameter.Split('=')[0])));

    [Fact]
    public async Task Leads_to_all_events_page_by_page_with_the_same_filter()
    {
        using var visitor = await Visitor.SignedInAsync(console.Server);
        var (seen, path) = (new List<long>(), (string?)$"{Audit}?actor=admin&page_size=2");
        while (path is not null)
        {
            var page = await visitor.GetAsync(path);
            seen.AddRange(SequencesIn(page));
            path = Next().Match(page.Body) is { Success: true } next ? WebUtility.HtmlDecode(next.Groups[1].Value) : null;
            Assert.True(path?.Contains("actor=admin", StringComparison.Ordinal) != false, path);
        }

        Assert.True(seen.Count > 4);
        Assert.Equal(SequencesOf(await console.Server.AdminAsync(HttpMethod.Get, "audit-events?actor=admin&page_size=500")), seen);
    }

    [Theory]
    [InlineData("client_id=x&type=NOTHING&source_network=here&start_time=soon&end_time=9&order=UP&page_size=many",
        "client_id type source_network start_time end_time order")]
    [InlineData("client_id=x", "client_id")]
    [InlineData("source_network=here", "source_network")]
    public async Task Every_wrong_filter_is_named_at_its_field_and_nothing_is_listed(string query, string wrong)
    {
        using var visitor = await Visitor.SignedInAsync(console.Server);
        var page = await visitor.GetAsync($"{Audit}?{query}");
        Assert.Equal(HttpStatusCode.BadRequest, page.Status);
        Assert.Equal(
            wrong.Split(' '),
            new[] { "client_id", "type", "actor", "source_network", "start_time", "end_time", "order" }
                .Where(field => page.Body.Contains($"id=\"{field}-problem\"", StringComparison.Ordinal)));
        Assert.Equal([], SequencesIn(page));
        Assert.Contains("The filter is wrong", page.Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Fields_that_nobody_filled_in_count_as_absent()
    {
        using var visitor = await Visitor.SignedInAsync(console.Server);
        var page = await visitor.GetAsync($"{Audit}?client_id=&type=CLIENT_APPROVED&actor=&source_network=&start_time=&end_time=&order=");
        Assert.Equal(SequencesOf(await console.Server.AdminAsync(HttpMethod.Get, "audit-events?type=CLIENT_APPROVED")), SequencesIn(page));
        Assert.Contains("<option value=\"CLIENT_APPROVED\" selected=\"selected\">", page.Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Tells_who_by_what_proof_what_changed_and_links_the_client()
    {
        using var visitor = await Visitor.SignedInAsync(console.Server);
        var updates = await visitor.GetAsync($"{Audit}?client_id={console.Updated}&type=CLIENT_UPDATED");
        Assert.Contains($"<a href=\"/console/clients/{console.Updated}\">", updates.Body, StringComparison.Ordinal);
        Assert.Contains(
            "redirect_uris [\"https://invoices.example/cb\"] [\"https://other.example/cb\"]", updates.Visible(), StringComparison.Ordinal);
        Assert.Contains("the update waits for approval", updates.Visible(), StringComparison.Ordinal);
        var approvals = (await visitor.GetAsync($"{Audit}?client_id={console.Updated}&type=CLIENT_APPROVED")).Visible();
        Assert.Contains("admin (admin)", approvals, StringComparison.Ordinal);
        Assert.Contains("Authenticated by Configured token", approvals, StringComparison.Ordinal);
        Assert.Contains("because", approvals, StringComparison.Ordinal);
        var refusals = (await visitor.GetAsync($"{Audit}?type=REGISTRATION_REFUSED")).Visible();
        Assert.Contains("1 × INVALID_REDIRECT_URI for redirect_uris", refusals, StringComparison.Ordinal);
        var tokens = await visitor.GetAsync($"{Audit}?type=INITIAL_ACCESS_TOKEN_ISSUED&order=OLDEST_FIRST");
        Assert.Contains($"/console/tokens/{console.Token}", tokens.Body, StringComparison.Ordinal);
        Assert.Contains(SampleConsole.HostileName, tokens.Visible(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Following_marks_what_is_new_since_it_began_and_can_be_paused()
    {
        await using var server = await ConsoleServer.StartAsync();
        using var visitor = await Visitor.SignedInAsync(server);
        var id = await server.ClientInAsync(V1.ClientState.Active);
        var first = await visitor.GetAsync($"{Audit}?follow=true&actor=admin");
        Assert.Contains("Nothing new", first.Visible(), StringComparison.Ordinal);
        var refresh = Assert.Single(first.Headers.GetValues("Refresh"));
        Assert.Matches(@"^5; url=/console/audit\?actor=admin&follow=true&since=2$", refresh);
        Assert.DoesNotContain("http-equiv", first.Body, StringComparison.OrdinalIgnoreCase);

        await server.ActAsync(id, "suspend");
        for (var load = 0; load < 2; load++)
        {
            var again = await visitor.GetAsync(refresh[(refresh.IndexOf('=', StringComparison.Ordinal) + 1)..]);
            Assert.Equal(refresh, Assert.Single(again.Headers.GetValues("Refresh")));
            Assert.Contains("1 event new since event 2", again.Visible(), StringComparison.Ordinal);
            Assert.Contains("<title>(1) Audit log", again.Body, StringComparison.Ordinal);
            Assert.Equal([3, 2], SequencesIn(again));
            Assert.Single(Regex.Matches(again.Body, "<tr id=\"event-3\" class=\"new\">"));
            Assert.Contains($"<a href=\"{Audit}?actor=admin\">Pause</a>", again.Body, StringComparison.Ordinal);
        }

        Assert.False((await visitor.GetAsync($"{Audit}?actor=admin")).Headers.Contains("Refresh"));
    }

    [Theory]
    [InlineData("follow=true&order=OLDEST_FIRST")]
    [InlineData("follow=true&page_token=AAAA")]
    [InlineData("follow=yes")]
    [InlineData("since=3")]
    [InlineData("follow=true&since=-1")]
    [InlineData("follow=true&since=x")]
    public async Task What_contradicts_following_is_refused_and_not_loaded_again(string query)
    {
        using var visitor = await Visitor.SignedInAsync(console.Server);
        var page = await visitor.GetAsync($"{Audit}?{query}");
        Assert.Equal(HttpStatusCode.BadRequest, page.Status);
        Assert.False(page.Headers.Contains("Refresh"));
        Assert.Contains("class=\"problems\"", page.Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Following_does_not_extend_the_session()
    {
        await using var server = await ConsoleServer.StartAsync("Console:SessionLifetime=00:30:00");
        using var follower = await Visitor.SignedInAsync(server);
        using var reader = await Visitor.SignedInAsync(server);
        for (var minutes = 0; minutes < 25; minutes += 5)
        {
            server.Time.Advance(TimeSpan.FromMinutes(5));
            var followed = await follower.GetAsync($"{Audit}?follow=true&since=0");
            Assert.Equal(HttpStatusCode.OK, followed.Status);
            Assert.DoesNotContain("grpcdcr-session", $"{followed.Headers}", StringComparison.Ordinal);
            Assert.Equal(HttpStatusCode.OK, (await reader.GetAsync(Audit)).Status);
        }

        server.Time.Advance(TimeSpan.FromMinutes(6));
        var ended = await follower.GetAsync($"{Audit}?follow=true&since=0");
        Assert.Equal(HttpStatusCode.SeeOther, ended.Status);
        Assert.StartsWith("/console/sign-in?return=", ended.Headers.Location!.OriginalString, StringComparison.Ordinal);
        Assert.False(ended.Headers.Contains("Refresh"));
        Assert.Equal(HttpStatusCode.OK, (await reader.GetAsync(Audit)).Status);
    }

    [Fact]
    public async Task A_browser_without_JavaScript_loads_the_page_again_by_itself()
    {
        await using var server = await ConsoleServer.StartAsync();
        var id = await server.ClientInAsync(V1.ClientState.Active);
        await using var window = await Window.OpenAsync(chromium, server);
        await window.SignInAsync(path: Audit);
        await window.Page.GetByRole(AriaRole.Link, new() { Name = "Follow" }).ClickAsync();
        await server.ActAsync(id, "suspend");
        await window.Page.GetByText("1 event new since event").WaitForAsync();
        Assert.Contains("CLIENT_SUSPENDED", await window.Page.Locator("tr.new").InnerTextAsync(), StringComparison.Ordinal);
        await window.Page.GetByRole(AriaRole.Link, new() { Name = "Pause" }).ClickAsync();
        Assert.EndsWith(Audit, window.Page.Url, StringComparison.Ordinal);
    }

    private static IEnumerable<long> SequencesIn(Answer page) => Row().Matches(page.Body).Select(row => long.Parse(row.Groups[1].Value));

    private static IEnumerable<long> SequencesOf(Answer api) =>
        api.Json.TryGetProperty("events", out var events)
            ? events.EnumerateArray().Select(recorded => NumberOf(recorded.GetProperty("sequence")))
            : [];

    private static long NumberOf(JsonElement sequence) =>
        sequence.ValueKind == JsonValueKind.String ? long.Parse(sequence.GetString()!) : sequence.GetInt64();

    [GeneratedRegex("<tr id=\"event-(\\d+)\"")]
    private static partial Regex Row();

    [GeneratedRegex("<a rel=\"next\" href=\"([^\"]*)\"")]
    private static partial Regex Next();
}
