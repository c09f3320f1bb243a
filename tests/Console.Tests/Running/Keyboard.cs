using System.Text.Json;
using Microsoft.Playwright;

namespace GrpcDcr.Console.Tests.Running;

/// <summary>A person with a keyboard and nothing else, in a window.</summary>
internal sealed class Keyboard(IPage page)
{
    /// <summary>How often somebody looks where the focus is before giving up.</summary>
    private const int Patience = 20;

    /// <summary>The most that one control takes: day, month, year, hour, minute, second, half of the day and calendar.</summary>
    private const int MostStops = 8;

    private static readonly TimeSpan LoadTime = TimeSpan.FromSeconds(20);

    public Task PressAsync(string key) => page.Keyboard.PressAsync(key);

    public Task TypeAsync(string text) => page.Keyboard.TypeAsync(text);

    /// <summary>Presses Tab until the focus is on what has this name.</summary>
    public Task TabToAsync(string name) => SeekAsync(name, isBack: false);

    /// <summary>The same with Shift.</summary>
    public Task TabBackToAsync(string name) => SeekAsync(name, isBack: true);

    /// <summary>Replaces what is there by a text at once, as an input method enters it.</summary>
    public async Task FillAsync(string name, string text)
    {
        await TabToAsync(name);
        await PressAsync("Control+A");
        await page.Keyboard.InsertTextAsync(text);
    }

    /// <summary>Goes down to a choice by arrows.</summary>
    public async Task ChooseAsync(string name, string choice)
    {
        await TabToAsync(name);
        await HoldAsync("ArrowDown", await page.EvaluateAsync<int>(PageScripts.ArrowsTo, choice));
    }

    /// <summary>Presses a key that leads to another page, and waits for it.</summary>
    public async Task GoAsync(string key = "Enter")
    {
        var loaded = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        void OnLoad(object? sender, IPage loadedPage) => loaded.TrySetResult();
        page.Load += OnLoad;
        try
        {
            await PressAsync(key);
            await loaded.Task.WaitAsync(LoadTime);
        }
        finally
        {
            page.Load -= OnLoad;
        }
    }

    public async Task GoToAsync(string name, string key = "Enter")
    {
        await TabToAsync(name);
        await GoAsync(key);
    }

    /// <summary>Presses Tab through the whole page and out of it, and then Enter on the first link; needs JavaScript.</summary>
    /// <returns>What is wrong.</returns>
    public async Task<IReadOnlyList<string>> WalkAsync()
    {
        await page.EvaluateAsync(PageScripts.Watch);
        var watched = await WatchedAsync();
        for (var idle = 0; watched.Reached.Count < watched.Names.Count && idle <= MostStops;)
        {
            var before = watched.Reached.Count;
            await HoldAsync("Tab", watched.Names.Count - before);
            watched = await WatchedAsync();
            idle = watched.Reached.Count > before ? 0 : idle + watched.Names.Count - before;
        }

        if (!watched.Path.SequenceEqual(watched.Names))
        {
            return [$"Tab leads to {string.Join(" | ", watched.Path)}, and not to {string.Join(" | ", watched.Names)}"];
        }

        // Out of the page, and to its first link.
        await TabToAsync("Skip to the content");
        await PressAsync("Enter");
        await page.Locator("main:focus").WaitForAsync();
        return watched.Problems;
    }

    private async Task<FocusWatch> WatchedAsync() =>
        JsonSerializer.Deserialize<FocusWatch>(await page.EvaluateAsync<string>(PageScripts.Watched), JsonSerializerOptions.Web)!;

    private async Task SeekAsync(string name, bool isBack)
    {
        for (var i = 0; i < Patience; i++)
        {
            var steps = await page.EvaluateAsync<int>(PageScripts.StepsTo, new object[] { name, isBack });
            Assert.True(steps >= 0, $"Nothing is called {name} on {page.Url}");
            if (steps == 0)
            {
                return;
            }

            await HoldAsync(isBack ? "Shift+Tab" : "Tab", steps);
        }

        Assert.Fail($"Tab does not lead to {name} on {page.Url}");
    }

    /// <summary>Holds a key down until it has come so often, which takes less time than as many presses.</summary>
    private async Task HoldAsync(string key, int times)
    {
        var keys = key.Split('+');
        foreach (var modifier in keys[..^1])
        {
            await page.Keyboard.DownAsync(modifier);
        }

        await Task.WhenAll(Enumerable.Range(0, times).Select(_ => page.Keyboard.DownAsync(keys[^1])));
        foreach (var pressed in keys.AsEnumerable().Reverse())
        {
            await page.Keyboard.UpAsync(pressed);
        }
    }
}
