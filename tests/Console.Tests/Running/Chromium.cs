using GrpcDcr.TestKit.Running;
using Microsoft.Playwright;

namespace GrpcDcr.Console.Tests.Running;

/// <summary>Debian's Chromium, started with the first test that needs it.</summary>
public sealed class Chromium : IAsyncDisposable
{
    private static readonly string[] Flags =
    [
        "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
        "--disable-component-update", "--disable-sync", "--disable-dev-shm-usage",
    ];

    /// <summary>In milliseconds. Long enough for a machine that is busy with other tests.</summary>
    private const float LongestWait = 120_000;

    private IPlaywright? _playwright;
    private IBrowser? _browser;

    /// <summary>A new window, without cookies.</summary>
    /// <param name="options">Of the window.</param>
    internal async Task<IBrowserContext> OpenAsync(BrowserNewContextOptions options)
    {
        var program = Required.Program("chromium", "chromium", "The console in a browser is");
        _playwright ??= await Playwright.CreateAsync();
        _browser ??= await _playwright.Chromium.LaunchAsync(new() { ExecutablePath = program, Args = Flags });
        var context = await _browser.NewContextAsync(options);
        context.SetDefaultTimeout(LongestWait);
        return context;
    }

    public async ValueTask DisposeAsync()
    {
        if (_browser is not null)
        {
            await _browser.DisposeAsync();
        }

        _playwright?.Dispose();
    }
}
