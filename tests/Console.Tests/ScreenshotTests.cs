using System.Buffers.Binary;
using System.Net;
using System.Text.RegularExpressions;
using GrpcDcr.Console.Tests.Pictures;
using GrpcDcr.Console.Tests.Running;
using GrpcDcr.TestKit;

namespace GrpcDcr.Console.Tests;

/// <summary>
/// <c>docs/console.md</c> shows every page. The pictures in <c>docs/images/console</c> are taken anew with <c>REWRITE_DOCS=1</c>, in which
/// identifiers differ each time.
/// </summary>
public sealed partial class ScreenshotTests(Chromium chromium, SampleConsole console)
{
    private const int MostBytes = 150 * 1024;
    private const int MostBytesOfAll = 2 * 1024 * 1024;

    /// <summary>The place of the width in a PNG: after its signature, and the length and the name of its first chunk.</summary>
    private const int WidthOffset = 16;

    private static Task? _taken;

    private static readonly string Docs = Path.Combine(Repository.Root, "docs");

    [Fact]
    public async Task Every_page_of_the_console_is_shown_with_a_text_that_says_what_is_in_the_picture()
    {
        await TakenAsync();
        var shown = Images(await File.ReadAllTextAsync(Path.Combine(Docs, "console.md"), TestContext.Current.CancellationToken))
            .ToDictionary(image => image.Path, image => image.Text);
        var needed = ConsoleRoutes.All(console.Server.Services).Where(page => ConsoleRoutes.Has(page, "GET"))
            .Select(page => $"images/console/{Shot.Of(page).Name}.png").ToList();

        Assert.Equal([], needed.Except(shown.Keys));
        Assert.All(shown, image => Assert.True(image.Value.Split(' ').Length >= 4, $"{image.Key} says only '{image.Value}'"));
        Assert.Equal(shown.Count, shown.Values.Distinct().Count());
    }

    [Fact]
    public async Task Every_picture_is_shown_somewhere_and_exists_and_is_small()
    {
        await TakenAsync();
        var shown = System.IO.Directory.EnumerateFiles(Docs, "*.md", SearchOption.AllDirectories)
            .Append(Path.Combine(Repository.Root, "README.md"))
            .SelectMany(page => Images(File.ReadAllText(page)).Select(image => Path.Combine(Path.GetDirectoryName(page)!, image.Path)))
            .Where(path => path.StartsWith(Photographer.Folder, StringComparison.Ordinal)).ToHashSet();
        var there = System.IO.Directory.EnumerateFiles(Photographer.Folder).ToHashSet();
        Assert.Equal([], shown.Except(there));
        Assert.Equal([], there.Except(shown));

        var sizes = there.ToDictionary(path => Path.GetFileName(path), path => new FileInfo(path).Length);
        Assert.All(sizes, size => Assert.True(size.Value <= MostBytes, $"{size.Key} has {size.Value} bytes"));
        Assert.InRange(sizes.Values.Sum(), 0, MostBytesOfAll);
        Assert.All(there, path => Assert.InRange(WidthOf(path), 320, Shot.Wide));
    }

    [Fact]
    public async Task The_service_of_the_pictures_has_every_page()
    {
        await using var example = await ExampleConsole.StartAsync();
        using var visitor = await Visitor.SignedInAsync(example.Server, ExampleConsole.TokenOf(ExampleConsole.Dana));
        foreach (var page in ConsoleRoutes.All(example.Server.Services).Where(page => ConsoleRoutes.Has(page, "GET")))
        {
            var path = example.PathOf(page);
            Assert.Equal((path, HttpStatusCode.OK), (path, (await visitor.GetAsync(path)).Status));
        }
    }

    /// <summary>Takes all pictures, once, if that is asked for.</summary>
    private Task TakenAsync() =>
        _taken ??= Environment.GetEnvironmentVariable("REWRITE_DOCS") == "1" ? Photographer.TakeAllAsync(chromium) : Task.CompletedTask;

    private static IEnumerable<(string Text, string Path)> Images(string page) =>
        Image().Matches(page).Select(image => (image.Groups[1].Value, image.Groups[2].Value));

    private static int WidthOf(string png) => BinaryPrimitives.ReadInt32BigEndian(File.ReadAllBytes(png).AsSpan(WidthOffset));

    [GeneratedRegex(@"!\[([^\]]*)\]\(([^)\s]+)\)")]
    private static partial Regex Image();
}
