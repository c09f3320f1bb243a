using GrpcDcr.Console.Tests.Running;
using GrpcDcr.TestKit;
using GrpcDcr.TestKit.Running;

namespace GrpcDcr.Console.Tests.Pictures;

/// <summary>Takes the screenshots of <c>docs/console.md</c>.</summary>
internal static class Photographer
{
    public static readonly string Folder = Path.Combine(Repository.Root, "docs", "images", "console");

    private const string SignIn = "/console/sign-in";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    /// <summary>Replaces all of them.</summary>
    public static async Task TakeAllAsync(Chromium chromium)
    {
        var pngquant = Required.Program("pngquant", "pngquant", "Screenshots are");
        await using var console = await ExampleConsole.StartAsync();
        System.IO.Directory.CreateDirectory(Folder);
        foreach (var old in System.IO.Directory.EnumerateFiles(Folder))
        {
            File.Delete(old);
        }

        foreach (var group in AllOf(console).GroupBy(shot => (shot.Scheme, shot.Width)))
        {
            await using var window = await Window.OpenAsync(chromium, console.Server, new()
            {
                ColorScheme = group.Key.Scheme,
                JavaScriptEnabled = false,
                ViewportSize = new() { Width = group.Key.Width, Height = group.First().MostHeight },
            });
            await window.Page.GotoAsync(SignIn);
            foreach (var shot in group.OrderByDescending(shot => shot.Template == SignIn))
            {
                if (shot.Template != SignIn && window.Page.Url.EndsWith(SignIn, StringComparison.Ordinal))
                {
                    await window.SignInAsync(ExampleConsole.TokenOf(ExampleConsole.Dana));
                }

                await TakeAsync(window, shot, PathOf(console, shot) + shot.Query, pngquant);
            }
        }
    }

    private static IEnumerable<Shot> AllOf(ExampleConsole console) =>
        [.. ConsoleRoutes.All(console.Server.Services).Where(page => ConsoleRoutes.Has(page, "GET")).Select(Shot.Of), .. Shot.More];

    private static string PathOf(ExampleConsole console, Shot shot) =>
        console.PathOf(ConsoleRoutes.All(console.Server.Services).First(page => ConsoleRoutes.TemplateOf(page) == shot.Template));

    private static async Task TakeAsync(Window window, Shot shot, string path, string pngquant)
    {
        var file = Path.Combine(Folder, shot.Name + ".png");
        await window.Page.SetViewportSizeAsync(shot.Width, 300);
        await window.Page.GotoAsync(path);
        await shot.PrepareAsync(window.Page);
        await window.Page.EvaluateAsync("scrollTo(0, 0)");
        var height = await window.Page.EvaluateAsync<int>("document.documentElement.scrollHeight");
        await window.Page.SetViewportSizeAsync(shot.Width, Math.Min(height, shot.MostHeight));
        await window.Page.ScreenshotAsync(new() { Path = file });
        await using var smaller = ChildProcess.Start(
            pngquant, ["--force", "--strip", "--speed", "1", "--output", file, "256", "--", file], Folder,
            new Dictionary<string, string?>());
        await smaller.EndedAsync(Patience);
        Assert.True(smaller.ExitCode == 0, smaller.Errors);
    }
}
