using System.Net;
using GrpcDcr.Console.Tests.Running;
using Microsoft.Playwright;

namespace GrpcDcr.Console.Tests;

/// <summary>What holds for every page there is, found in the routes.</summary>
public sealed class EveryPageTests(Chromium chromium, SampleConsole console)
{
    [Theory]
    [InlineData(ColorScheme.Light, 1280)]
    [InlineData(ColorScheme.Dark, 320)]
    public async Task Axe_finds_nothing_and_nothing_scrolls_to_the_side(ColorScheme scheme, int width)
    {
        var problems = new List<string>();
        await using var window = await Window.OpenAsync(
            chromium, console.Server, new() { ColorScheme = scheme, ViewportSize = new() { Width = width, Height = 800 } });
        await Axe.AddAsync(window);
        await window.SignInAsync();
        foreach (var path in PathsWithErrors())
        {
            await window.Page.GotoAsync(path);
            problems.AddRange((await Axe.ViolationsAsync(window.Page)).Select(violation => $"{path}: {violation}"));
            if (await window.Page.EvaluateAsync<int>("document.documentElement.scrollWidth") > width)
            {
                problems.Add($"{path}: scrolls to the side");
            }
        }

        Assert.Equal([], problems);
    }

    [Fact]
    public async Task Has_one_main_heading_first_and_skips_no_level()
    {
        await using var window = await Window.OpenAsync(chromium, console.Server);
        await window.SignInAsync();
        foreach (var path in PathsWithErrors())
        {
            await window.Page.GotoAsync(path);
            var levels = (await window.Page.Locator("h1, h2, h3, h4").AllAsync()).ToAsyncEnumerable()
                .Select(async (ILocator heading, CancellationToken _) => await heading.EvaluateAsync<string>("heading => heading.tagName"));
            var previous = 0;
            await foreach (var level in levels)
            {
                var depth = level[1] - '0';
                Assert.True(previous == 0 ? depth == 1 : depth > 1 && depth <= previous + 1, $"{path}: h{depth} follows h{previous}");
                previous = depth;
            }

            Assert.NotEqual(0, previous);
        }
    }

    [Fact]
    public async Task Has_links_to_pages_of_the_console_that_exist_and_to_nothing_that_a_client_named()
    {
        await using var window = await Window.OpenAsync(chromium, console.Server);
        await window.SignInAsync();
        var seen = new HashSet<string>();
        foreach (var path in PathsWithErrors())
        {
            await window.Page.GotoAsync(path);
            foreach (var link in await window.Page.Locator("a[href], form[action]").AllAsync())
            {
                var target = await link.GetAttributeAsync("href") ?? await link.GetAttributeAsync("action") ?? "";
                Assert.True(target.StartsWith('#') || target.Split('?')[0].Split('/') is ["", "console", ..], $"{path}: {target}");
                if (await link.GetAttributeAsync("href") is not null && !target.StartsWith('#'))
                {
                    seen.Add(target);
                }
            }
        }

        using var visitor = await Visitor.SignedInAsync(console.Server);
        foreach (var target in seen)
        {
            // The audit log names clients that are gone, whose pages say so.
            var answer = await visitor.GetAsync(target);
            var isGone = Guid.TryParse(target.Replace("/console/clients/", "", StringComparison.Ordinal), out var id)
                && (await console.Server.AdminAsync(HttpMethod.Get, $"clients/{id}")).Status == HttpStatusCode.NotFound;
            Assert.Equal((target, isGone ? HttpStatusCode.NotFound : HttpStatusCode.OK), (target, answer.Status));
            Assert.True(!isGone || answer.Body.Contains("<h2>History</h2>", StringComparison.Ordinal), target);
        }
    }

    /// <summary>Every page, and what shows other things: other clients, refusals and results.</summary>
    private IEnumerable<string> PathsWithErrors() =>
    [
        $"/console/clients/{console.Pending}",
        $"/console/clients/{console.Suspended}",
        $"/console/clients/{console.Suspended}/approve",
        $"/console/clients/{console.Deleted}",
        "/console/clients?filter.name_prefix=Bank&filter.owner=x",
        "/console/clients?filter.redirect_host=https://x/&filter.state=x&filter.issue_start_time=x",
        .. ConsoleRoutes.All(console.Server.Services).Where(page => ConsoleRoutes.Has(page, "GET"))
            .Select(page => ConsoleRoutes.PathOf(page, console)),
        "/console/no-such-page",
        "/console?frobnicate=1",
    ];
}
