using System.Text.Json;
using GrpcDcr.Console.Tests.Running;
using GrpcDcr.TestKit.Service;
using GrpcDcr.V1;
using Microsoft.Playwright;

namespace GrpcDcr.Console.Tests;

/// <summary>Everything can be done with a keyboard alone.</summary>
public sealed class KeyboardTests(Chromium chromium, SampleConsole console)
{
    [Fact]
    public async Task Tab_reaches_every_control_in_reading_order_visibly_and_the_first_one_skips_to_the_content()
    {
        await using var window = await Window.OpenAsync(
            chromium, console.Server, new() { ReducedMotion = ReducedMotion.Reduce, ViewportSize = new() { Width = 1280, Height = 800 } });
        await window.SignInAsync();
        var keyboard = new Keyboard(window.Page);
        var problems = new List<string>();
        foreach (var path in ConsoleRoutes.PathsOf(console))
        {
            await window.Page.GotoAsync(path);
            problems.AddRange((await keyboard.WalkAsync()).Select(problem => $"{path}: {problem}"));
        }

        Assert.True(problems.Count == 0, string.Join('\n', problems));
    }

    [Fact]
    public async Task Arrows_move_a_table_that_is_wider_than_the_window()
    {
        await using var window = await Window.OpenAsync(
            chromium, console.Server, new() { ViewportSize = new() { Width = 320, Height = 800 } });
        await window.SignInAsync(path: "/console/blocks");
        await new Keyboard(window.Page).TabToAsync("The rules in effect, the oldest first");
        await window.Page.Keyboard.DownAsync("ArrowRight");
        await Eventually.HoldsAsync(() => window.Page.EvaluateAsync<bool>("document.activeElement.scrollLeft > 0"));
    }

    [Fact]
    public async Task Somebody_with_a_keyboard_alone_does_a_day_of_work()
    {
        await using var server = await ConsoleServer.StartAsync([.. SampleConsole.Roles]);
        var id = await server.ClientInAsync(ClientState.Pending, SampleConsole.Named("Travel planner", "travel.example"));
        await using var window = await Window.OpenAsync(chromium, server);
        var keyboard = new Keyboard(window.Page);
        await window.Page.GotoAsync("/console");
        await keyboard.FillAsync("Token", RunningServer.AdminToken);
        await keyboard.GoAsync();
        await OpenEachPageAsync(window, keyboard);
        await DecideAsync(window, keyboard);
        Assert.Equal("SUSPENDED", (await server.AdminAsync(HttpMethod.Get, "clients/" + id)).Text("state"));

        await CreateBlockRuleAsync(window, keyboard);
        var rule = (await server.AdminAsync(HttpMethod.Get, "block-rules")).Json.GetProperty("block_rules")[0];
        Assert.Equal(
            ("CLIENT_NAME", "Evil planner", "2030-12-31T23:59:00Z"),
            (TextOf(rule, "subject"), TextOf(rule, "value"), TextOf(rule, "expire_time")));

        await IssueTokenAsync(window, keyboard);
        await FilterEventsAsync(window, keyboard);
        await PreviewAsync(window, keyboard);
        await keyboard.TabBackToAsync("Sign out");
        await keyboard.GoAsync("Space");
        Assert.Equal("You are signed out.", await StatusAsync(window));
    }

    private static async Task OpenEachPageAsync(Window window, Keyboard keyboard)
    {
        var pages = await window.Page.GetByRole(AriaRole.Navigation).GetByRole(AriaRole.Link).AllInnerTextsAsync();
        Assert.Equal(7, pages.Count);
        foreach (var page in pages)
        {
            await keyboard.GoToAsync(page);
            Assert.Equal(page, await window.HeadingAsync());
            Assert.Equal(page, await window.Page.Locator("[aria-current=page]").InnerTextAsync());
        }
    }

    private static async Task DecideAsync(Window window, Keyboard keyboard)
    {
        await keyboard.GoToAsync("Clients");
        await keyboard.FillAsync("Name contains", "planner");
        await keyboard.GoAsync();
        await keyboard.GoToAsync("Travel planner");
        await keyboard.FillAsync("Reason (optional)", "known partner");
        await keyboard.GoToAsync("Approve", "Space");
        Assert.Equal("The client is approved.", await StatusAsync(window));
        await keyboard.GoToAsync("Suspend");
        await keyboard.FillAsync("Reason (optional)", "leaked secret");
        await keyboard.GoToAsync("Suspend");
        Assert.Equal("The client is suspended.", await StatusAsync(window));
    }

    private static async Task CreateBlockRuleAsync(Window window, Keyboard keyboard)
    {
        await keyboard.GoToAsync("Block rules");
        await keyboard.GoToAsync("Create a block rule");
        await keyboard.ChooseAsync("Looks at", "Client name, in all look-alike spellings");
        await keyboard.FillAsync("Value", "Evil planner");
        await keyboard.FillAsync("Reason", "phishing");
        await keyboard.TabToAsync("Expires at (UTC)");
        await keyboard.TypeAsync("12312030");
        await keyboard.PressAsync("ArrowRight");
        await keyboard.TypeAsync("115900PM");
        await keyboard.GoToAsync("Create it");
        Assert.Equal("Block rules", await window.HeadingAsync());
    }

    private static async Task IssueTokenAsync(Window window, Keyboard keyboard)
    {
        await keyboard.GoToAsync("Initial access tokens");
        await keyboard.GoToAsync("Issue an initial access token");
        await keyboard.FillAsync("Label", "Partner Ltd");
        await keyboard.TabToAsync("Active at once, without approval");
        await keyboard.PressAsync("Space");
        await keyboard.GoToAsync("Issue it");
        Assert.NotEmpty(await window.Page.Locator(".secret").InnerTextAsync());
        Assert.Contains("Approval: automatic", await window.Page.Locator(".facts").InnerTextAsync(), StringComparison.Ordinal);
    }

    private static async Task FilterEventsAsync(Window window, Keyboard keyboard)
    {
        await keyboard.GoToAsync("Audit log");
        await keyboard.ChooseAsync("Event", "client suspended");
        await keyboard.GoToAsync("Show");
        Assert.Equal(["CLIENT_SUSPENDED"], await window.Page.Locator("tbody th").AllInnerTextsAsync());
        var details = window.Page.Locator("tbody details");
        Assert.Null(await details.GetAttributeAsync("open"));
        await keyboard.TabToAsync((await details.Locator("summary").InnerTextAsync()).ReplaceLineEndings(" "));
        await keyboard.PressAsync("Space");
        Assert.NotNull(await details.GetAttributeAsync("open"));
    }

    private static async Task PreviewAsync(Window window, Keyboard keyboard)
    {
        await keyboard.GoToAsync("Registration");
        await keyboard.GoToAsync("Preview a registration");
        await keyboard.FillAsync("Client metadata", """{"redirect_uris":["https://travel.example/cb"]}""");
        await keyboard.GoToAsync("Preview");
        Assert.Contains("registered", await window.Page.Locator("#result").InnerTextAsync(), StringComparison.Ordinal);
    }

    private static Task<string> StatusAsync(Window window) => window.Page.GetByRole(AriaRole.Status).InnerTextAsync();

    private static string? TextOf(JsonElement json, string member) => json.GetProperty(member).GetString();
}
