using GrpcDcr.Console.Tests.Running;
using Microsoft.Playwright;

namespace GrpcDcr.Console.Tests;

/// <summary>Pages for people who need large letters, or nothing that moves.</summary>
public sealed class ZoomTests(Chromium chromium, SampleConsole console)
{
    /// <summary>640 CSS pixels are 1280 at 200 %, and 320 a phone or 1280 at 400 %.</summary>
    [Theory]
    [InlineData(640)]
    [InlineData(320)]
    public async Task Nothing_is_cut_off_when_it_is_enlarged_and_nothing_moves_where_that_is_not_wanted(int width)
    {
        await using var window = await Window.OpenAsync(
            chromium, console.Server, new() { ViewportSize = new() { Width = width, Height = 400 }, ReducedMotion = ReducedMotion.Reduce });
        await window.SignInAsync();
        var problems = new List<string>();
        foreach (var path in ConsoleRoutes.PathsOf(console))
        {
            await window.Page.GotoAsync(path);
            problems.AddRange((await window.Page.EvaluateAsync<string[]>(PageScripts.CutOffOrMoving)).Select(what => $"{path}: {what}"));
        }

        Assert.True(problems.Count == 0, string.Join('\n', problems));
    }
}
