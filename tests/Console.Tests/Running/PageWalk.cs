using System.Text.Json;
using Microsoft.Playwright;

namespace GrpcDcr.Console.Tests.Running;

/// <summary>
/// What a browser finds on every page there is, by the routes. Each page is loaded once for all tests that look at all pages.
/// </summary>
public sealed class PageWalk(Chromium chromium, SampleConsole console)
{
    /// <summary>What axe is run with: the pages have no script, so that another size or color needs no other load.</summary>
    private static readonly (ColorScheme Scheme, int Width, string[] Rules)[] Looks =
        [(ColorScheme.Light, 1280, []), (ColorScheme.Dark, 320, Axe.OfLooks)];

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);

    private const string Facts = """
        () => ({
            title: document.title,
            headings: [...document.querySelectorAll('h1, h2, h3, h4, h5, h6')].map(heading => +heading.tagName[1]),
            links: [...document.querySelectorAll('a[href]')].map(link => link.getAttribute('href')),
            forms: [...document.forms].map(form => ({
                isPost: form.getAttribute('method') === 'post',
                targets: [form.getAttribute('action'), ...[...form.elements].map(button => button.getAttribute('formaction'))
                    .filter(action => action)],
                names: [...new Set([...form.elements].map(field => field.name).filter(name => name))],
            })),
        })
        """;

    private Task<IReadOnlyList<WalkedPage>>? _pages;

    /// <summary>Walks when the first test asks, so that without a browser only those tests are skipped that need one.</summary>
    internal Task<IReadOnlyList<WalkedPage>> PagesAsync() => _pages ??= WalkAsync();

    private async Task<IReadOnlyList<WalkedPage>> WalkAsync()
    {
        await using var window = await Window.OpenAsync(chromium, console.Server, new());
        await Axe.AddAsync(window);
        await window.SignInAsync();
        var pages = new List<WalkedPage>();
        foreach (var path in ConsoleRoutes.PathsOf(console))
        {
            await window.Page.GotoAsync(path);
            var facts = (await window.Page.EvaluateAsync<JsonElement>(Facts)).Deserialize<WalkedPage>(Json)!;
            pages.Add(facts with { Path = path, Problems = await ProblemsAsync(window.Page) });
        }

        return pages;
    }

    private static async Task<IReadOnlyList<string>> ProblemsAsync(IPage page)
    {
        var problems = new List<string>();
        foreach (var (scheme, width, rules) in Looks)
        {
            await page.EmulateMediaAsync(new() { ColorScheme = scheme });
            await page.SetViewportSizeAsync(width, 800);
            problems.AddRange((await Axe.ViolationsAsync(page, rules)).Select(violation => $"{scheme} {width}: {violation}"));
            if (await page.EvaluateAsync<int>("document.documentElement.scrollWidth") > width)
            {
                problems.Add($"{width}: scrolls to the side");
            }
        }

        return problems;
    }
}

/// <summary>The tests that look at all pages.</summary>
[CollectionDefinition]
public sealed class AllPages : ICollectionFixture<PageWalk>;

/// <param name="Path">Of the page.</param>
/// <param name="Title">Of the window.</param>
/// <param name="Headings">Their levels.</param>
/// <param name="Links">Where its links lead.</param>
/// <param name="Forms">Its forms.</param>
/// <param name="Problems">What axe found in each size and color, and whether it scrolls to the side.</param>
internal sealed record WalkedPage(
    string Path,
    string Title,
    IReadOnlyList<int> Headings,
    IReadOnlyList<string> Links,
    IReadOnlyList<WalkedForm> Forms,
    IReadOnlyList<string> Problems);

/// <param name="IsPost">Whether it is sent by POST.</param>
/// <param name="Targets">Where the form is sent, and where its buttons send it; <see langword="null"/> for the page itself.</param>
/// <param name="Names">The fields, also those elsewhere on the page that belong to it.</param>
internal sealed record WalkedForm(bool IsPost, IReadOnlyList<string?> Targets, IReadOnlyList<string> Names);
