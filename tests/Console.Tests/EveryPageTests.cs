using Deque.AxeCore.Playwright;
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
        await window.SignInAsync();
        foreach (var path in PathsWithErrors())
        {
            await window.Page.GotoAsync(path);
            var found = await window.Page.RunAxe();
            problems.AddRange(found.Violations.SelectMany(violation => violation.Nodes.Select(
                node => $"{path}: {violation.Id} {node.Html} {string.Join(' ', node.Any.Select(check => check.Message))}")));
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

    /// <summary>Every page, a page that does not exist, and one that refuses its parameters.</summary>
    private IEnumerable<string> PathsWithErrors() =>
    [
        .. ConsoleRoutes.All(console.Server.Services).Where(page => ConsoleRoutes.Has(page, "GET"))
            .Select(page => ConsoleRoutes.PathOf(page, console)),
        "/console/no-such-page",
        "/console?frobnicate=1",
    ];
}
