using System.Net;
using GrpcDcr.Console.Tests.Running;
using GrpcDcr.TestKit.Service;

namespace GrpcDcr.Console.Tests;

/// <summary>What holds for every page there is, found in the routes.</summary>
[Collection<AllPages>]
public sealed class EveryPageTests(SampleConsole console, PageWalk walk)
{
    [Fact]
    public async Task Axe_finds_nothing_and_nothing_scrolls_to_the_side_light_and_wide_or_dark_and_narrow()
    {
        var pages = await walk.PagesAsync();
        Assert.NotEmpty(pages);
        Assert.Equal([], pages.SelectMany(page => page.Problems.Select(problem => $"{page.Path}: {problem}")));
    }

    [Fact]
    public async Task Has_a_title_and_one_main_heading_first_and_skips_no_level()
    {
        foreach (var page in await walk.PagesAsync())
        {
            Assert.Matches(@"^\S.* · GrpcDcr$", page.Title);
            var previous = 0;
            foreach (var depth in page.Headings)
            {
                Assert.True(previous == 0 ? depth == 1 : depth > 1 && depth <= previous + 1, $"{page.Path}: h{depth} follows h{previous}");
                previous = depth;
            }

            Assert.NotEqual(0, previous);
        }
    }

    [Fact]
    public async Task Has_links_to_pages_of_the_console_that_exist_and_to_nothing_that_a_client_named()
    {
        var pages = await walk.PagesAsync();
        foreach (var page in pages)
        {
            Assert.All(
                page.Links.Concat(page.Forms.SelectMany(form => form.Targets)).OfType<string>(),
                target => Assert.True(
                    target.StartsWith('#') || target.Split('?')[0].Split('/') is ["", "console", ..], $"{page.Path}: {target}"));
        }

        using var visitor = await Visitor.SignedInAsync(console.Server);
        foreach (var target in pages.SelectMany(page => page.Links).Where(target => !target.StartsWith('#')).Distinct())
        {
            // The audit log names clients that are gone, whose pages say so.
            var answer = await visitor.GetAsync(target);
            var isGone = Guid.TryParse(target.Replace("/console/clients/", "", StringComparison.Ordinal), out var id)
                && (await console.Server.AdminAsync(HttpMethod.Get, $"clients/{id}")).Status == HttpStatusCode.NotFound;
            Assert.Equal((target, isGone ? HttpStatusCode.NotFound : HttpStatusCode.OK), (target, answer.Status));
            Assert.True(!isGone || answer.Body.Contains("<h2>History</h2>", StringComparison.Ordinal), target);
        }
    }
}
