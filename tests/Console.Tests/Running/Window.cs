using System.Collections.Concurrent;
using GrpcDcr.TestKit.Service;
using Microsoft.Playwright;

namespace GrpcDcr.Console.Tests.Running;

/// <summary>
/// A window of the browser that notes everything that must not happen: a violation of the content security policy, an error or a warning on
/// the console of the browser, a request that fails or goes to another host. <see cref="DisposeAsync"/> fails the test if there was one.
/// </summary>
internal sealed class Window : IAsyncDisposable
{
    private const string ReportViolations =
        "addEventListener('securitypolicyviolation', e => console.error('CSP ' + e.violatedDirective + ' ' + e.blockedURI))";

    private readonly IBrowserContext _context;
    private readonly Uri _address;
    private readonly ConcurrentQueue<string> _problems = new();

    private string? _other;

    private Window(IBrowserContext context, IPage page, Uri address) => (_context, Page, _address) = (context, page, address);

    public IPage Page { get; }

    /// <summary>What happened and must not, so far.</summary>
    public IReadOnlyCollection<string> Problems => _problems;

    /// <summary>Without JavaScript, in which the console works.</summary>
    public static Task<Window> OpenAsync(Chromium chromium, RunningServer server) =>
        OpenAsync(chromium, server, new() { JavaScriptEnabled = false });

    public static async Task<Window> OpenAsync(Chromium chromium, RunningServer server, BrowserNewContextOptions options)
    {
        options.BaseURL = server.AdminAddress.ToString();
        var context = await chromium.OpenAsync(options);
        await context.AddInitScriptAsync(ReportViolations);
        var window = new Window(context, await context.NewPageAsync(), server.AdminAddress);
        await window.WatchAsync();
        return window;
    }

    /// <summary>Lets the window go to another site too. What fails there, or leads further, is not noted then.</summary>
    public void Allow(Uri site) => _other = site.Authority;

    /// <summary>Has a session then, and is on a page. The form for it is left out, which takes longer than most tests.</summary>
    public async Task SignInAsync(string token = RunningServer.AdminToken, string path = "/console")
    {
        using var visitor = new Visitor(_address);
        await visitor.SignInAsync(token);
        await _context.AddCookiesAsync(visitor.Cookies.GetAllCookies().Select(cookie => new Cookie
        {
            Name = cookie.Name,
            Value = cookie.Value,
            Domain = _address.Host,
            Path = cookie.Path,
            HttpOnly = true,
            SameSite = SameSiteAttribute.Strict,
        }));
        await Page.GotoAsync(path);
    }

    /// <summary>The text of the level 1 heading.</summary>
    public Task<string> HeadingAsync() => Page.GetByRole(AriaRole.Heading, new() { Level = 1 }).InnerTextAsync();

    public async ValueTask DisposeAsync()
    {
        // What closing interrupts is no problem.
        var problems = _problems.ToArray();
        await _context.DisposeAsync();
        Assert.True(problems.Length == 0, string.Join("\n", problems));
    }

    private bool Matters(string url) => _other is null || new Uri(url).Authority == _address.Authority;

    private async Task WatchAsync()
    {
        Page.Console += (_, message) =>
        {
            // A page that is refused is no failed request; which status it has is for the tests.
            if (message.Type is "error" or "warning" && Matters(Page.Url)
                && !message.Text.StartsWith("Failed to load resource", StringComparison.Ordinal))
            {
                _problems.Enqueue($"{message.Type}: {message.Text}");
            }
        };
        Page.PageError += (_, error) => _problems.Enqueue(error);
        Page.RequestFailed += (_, request) =>
        {
            if (Matters(request.Url))
            {
                _problems.Enqueue($"{request.Url} failed: {request.Failure}");
            }
        };
        Page.Response += (_, response) =>
        {
            if (Matters(response.Url) && response.Status >= 400 && response.Request.ResourceType != "document")
            {
                _problems.Enqueue($"{response.Url} answered {response.Status}");
            }
        };
        await _context.RouteAsync("**/*", async route =>
        {
            var authority = new Uri(route.Request.Url).Authority;
            if (authority == _address.Authority || authority == _other)
            {
                await route.ContinueAsync();
                return;
            }

            if (Matters(route.Request.Url))
            {
                _problems.Enqueue($"{route.Request.Url} is elsewhere");
            }

            await route.AbortAsync();
        });
    }
}
