using System.Net;
using System.Text.RegularExpressions;
using GrpcDcr.Console.Tests.Running;
using GrpcDcr.Server.Audit;
using GrpcDcr.Server.Errors;
using GrpcDcr.Server.Model;
using GrpcDcr.Server.Syntax;
using GrpcDcr.Server.Telemetry;
using GrpcDcr.TestKit.Running;
using GrpcDcr.TestKit.Service;
using Microsoft.Extensions.DependencyInjection;

namespace GrpcDcr.Console.Tests;

/// <summary>Health, who floods, figures as plots, and backups.</summary>
public sealed class HealthPageTests
{
    private const string Health = "/console/health";
    private const string BackUp = "/console/health/back-up";

    [Fact]
    public async Task Names_the_networks_and_errors_that_are_refused_most_often_with_a_way_to_block_them()
    {
        await using var server = await ConsoleServer.StartAsync();
        for (var i = 0; i < 30; i++)
        {
            await RefuseAsync(server, "203.0.113.9", "redirect_uris");
            await RefuseAsync(server, $"2001:db8:0:7::{i + 1:x}", "redirect_uris");
        }

        await RefuseAsync(server, "198.51.100.4", "grant_types");
        await server.Services.GetRequiredService<RejectionAggregator>().CloseWindowAsync(CancellationToken.None);
        using var visitor = await Visitor.SignedInAsync(server);
        var page = await visitor.GetAsync(Health);
        var text = page.Visible();
        Assert.Contains("203.0.113.9 30 INVALID_REDIRECT_URI", text, StringComparison.Ordinal);
        Assert.Contains("2001:db8:0:7::/64 30 INVALID_REDIRECT_URI", text, StringComparison.Ordinal);
        Assert.Contains("198.51.100.4 1 INVALID_CLIENT_METADATA", text, StringComparison.Ordinal);
        Assert.Contains("INVALID_REDIRECT_URI redirect_uris 60", text, StringComparison.Ordinal);
        Assert.Contains(
            "/console/blocks/create?subject=SOURCE_NETWORK&amp;value=2001%3Adb8%3A0%3A7%3A%3A%2F64", page.Body, StringComparison.Ordinal);
        Assert.Contains("/console/audit?source_network=203.0.113.9", page.Body, StringComparison.Ordinal);

        server.Time.Advance(TimeSpan.FromHours(2));
        using var later = await Visitor.SignedInAsync(server);
        Assert.Contains("Nobody in the last hour.", (await later.GetAsync(Health)).Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Has_a_plot_with_its_words_and_a_table_for_each_figure()
    {
        await using var server = await ConsoleServer.StartAsync();
        await server.RegisteredAsync(Bodies.Smallest);
        await server.RegisterAsync("{}");
        server.Time.Advance(TimeSpan.FromMinutes(1));
        await server.RegisteredAsync(Bodies.Smallest);
        using var visitor = await Visitor.SignedInAsync(server);
        var page = await visitor.GetAsync(Health);
        Assert.Contains(
            "<title id=\"registrations-pending-title\">pending</title>", page.Body, StringComparison.Ordinal);
        Assert.Contains(
            "<desc id=\"registrations-pending-desc\">2 in 2 minutes, at most 1 in a minute.</desc>", page.Body, StringComparison.Ordinal);
        Assert.Contains("refusals-invalid-redirect-uri-desc\">1 in 2 minutes", page.Body, StringComparison.Ordinal);
        Assert.Contains("Commit latency", page.Body, StringComparison.Ordinal);
        Assert.Matches("median-desc\">[0-9.]+ ms last, at most [0-9.]+ ms\\.", page.Body);
        Assert.Contains("As a table : Registrations", page.Visible(), StringComparison.Ordinal);
        Assert.Matches("Minute from \\(UTC\\) active pending refused \\d\\d:\\d\\d 0 1 1 \\d\\d:\\d\\d 0 1 0", page.Visible());
        Assert.Equal(
            Regex.Count(page.Body, "<svg "),
            Regex.Count(page.Body, "role=\"img\" aria-labelledby="));
        Assert.Contains("This instance ready", page.Visible(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_full_hour_of_figures_stays_a_page_of_bounded_size()
    {
        await using var server = await ConsoleServer.StartAsync();
        for (var minute = 0; minute < (2 * RecentFigures.MaxMinutes); minute++)
        {
            await server.RegisterAsync("{}");
            server.Time.Advance(TimeSpan.FromMinutes(1));
        }

        using var visitor = await Visitor.SignedInAsync(server);
        var page = await visitor.GetAsync(Health);
        Assert.Contains("59 in 60 minutes, at most 1 in a minute.", page.Body, StringComparison.Ordinal);
        Assert.InRange(page.Body.Length, 1, 256 * 1024);
    }

    [Fact]
    public async Task Backs_up_the_store_and_says_where()
    {
        await using var server = await ConsoleServer.StartAsync();
        using var visitor = await Visitor.SignedInAsync(server);
        Assert.Contains(BackUp, (await visitor.GetAsync(Health)).Body, StringComparison.Ordinal);
        var done = await visitor.SubmitAsync(BackUp, BackUp, ("name", "before-lunch"));
        Assert.Equal((HttpStatusCode.SeeOther, Health), (done.Status, done.Headers.Location!.OriginalString));
        var folder = Path.Combine(server.Folder, "backups", "before-lunch");
        Assert.True(System.IO.Directory.Exists(folder));
        Assert.Contains($"The store is backed up in {folder}", (await visitor.GetAsync(Health)).Visible(), StringComparison.Ordinal);

        var again = await visitor.SubmitAsync(BackUp, BackUp, ("name", "before-lunch"));
        Assert.Equal(HttpStatusCode.Conflict, again.Status);
        Assert.Contains("A backup with this name exists.", again.Body, StringComparison.Ordinal);
        var wrong = await visitor.SubmitAsync(BackUp, BackUp, ("name", "../up"));
        Assert.Equal(HttpStatusCode.BadRequest, wrong.Status);
        Assert.Contains("id=\"name-problem\"", wrong.Body, StringComparison.Ordinal);
        var events = (await server.AdminAsync(HttpMethod.Get, "audit-events?type=STORAGE_BACKED_UP&order=OLDEST_FIRST")).Json
            .GetProperty("events");
        Assert.Equal([true, false, false], events.EnumerateArray().Select(each => each.GetProperty("succeeded").GetBoolean()));
    }

    [Fact]
    public async Task Offers_no_backup_of_a_database()
    {
        await using var database = await PostgresServer.StartAsync("fsync=off");
        await using var server = await ConsoleServer.StartAsync(
            "Storage:Engine=Postgres", $"Storage:Postgres:ConnectionString={database.ConnectionString}");
        using var visitor = await Visitor.SignedInAsync(server);
        Assert.DoesNotContain(BackUp, (await visitor.GetAsync(Health)).Body, StringComparison.Ordinal);
        var refused = await visitor.SubmitAsync(BackUp, BackUp);
        Assert.Equal(HttpStatusCode.BadRequest, refused.Status);
        Assert.Contains("Use the tools of the database.", refused.Body, StringComparison.Ordinal);
    }

    private static ValueTask RefuseAsync(RunningServer server, string address, string member) =>
        server.Services.GetRequiredService<RejectionAggregator>().NoteAsync(
            new RegistrationFault.InvalidMetadata([new Violation(member, "It is wrong.")]),
            new Caller(Actor.Applicant, address, "a-request"),
            CancellationToken.None);
}
