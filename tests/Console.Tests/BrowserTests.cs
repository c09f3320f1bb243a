using GrpcDcr.Console.Tests.Running;
using GrpcDcr.TestKit.Service;
using GrpcDcr.V1;
using Microsoft.Playwright;

namespace GrpcDcr.Console.Tests;

/// <summary>What an administrator does in a browser, without JavaScript.</summary>
public sealed class BrowserTests(Chromium chromium, SampleConsole console)
{
    [Fact]
    public async Task Signs_in_by_keyboard_alone_and_out()
    {
        await using var window = await Window.OpenAsync(chromium, console.Server);
        await window.Page.GotoAsync("/console/sign-in");
        await window.Page.Keyboard.PressAsync("Tab");
        Assert.Equal("Skip to the content", await FocusedAsync(window.Page));
        for (var i = 0; i < 2; i++)
        {
            await window.Page.Keyboard.PressAsync("Tab");
        }

        await window.Page.Keyboard.TypeAsync(RunningServer.AdminToken);
        await window.Page.Keyboard.PressAsync("Enter");
        await window.Page.WaitForURLAsync("**/console");
        Assert.Equal("Pending", await window.HeadingAsync());
        await window.Page.GetByRole(AriaRole.Button, new() { Name = "Sign out" }).ClickAsync();

        Assert.Equal("You are signed out.", await window.Page.GetByRole(AriaRole.Status).InnerTextAsync());
        await window.Page.GotoAsync("/console");
        Assert.Equal("Sign in", await window.HeadingAsync());
    }

    [Fact]
    public async Task Is_sent_back_to_the_page_that_was_asked_for()
    {
        await using var window = await Window.OpenAsync(chromium, console.Server);
        await window.Page.GotoAsync("/console?page_token=");
        await window.Page.GetByLabel("Token").FillAsync(RunningServer.AdminToken);
        await window.Page.GetByRole(AriaRole.Button, new() { Name = "Sign in" }).ClickAsync();
        await window.Page.WaitForLoadStateAsync();
        Assert.EndsWith("/console?page_token=", window.Page.Url, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Finds_a_client_by_a_part_of_its_name_and_approves_it()
    {
        var id = await console.Server.ClientInAsync(ClientState.Pending, SampleConsole.Named("Travel planner", "travel.example"));
        await using var window = await Window.OpenAsync(chromium, console.Server);
        await window.SignInAsync(SampleConsole.ApproverToken);
        await window.Page.GetByRole(AriaRole.Link, new() { Name = "Clients", Exact = true }).ClickAsync();
        await window.Page.GetByLabel("Name contains").FillAsync("planner");
        await window.Page.GetByRole(AriaRole.Button, new() { Name = "Search" }).ClickAsync();
        Assert.EndsWith("/console/clients?filter.name_contains=planner", window.Page.Url, StringComparison.Ordinal);
        await window.Page.GetByRole(AriaRole.Link, new() { Name = "Travel planner" }).ClickAsync();
        Assert.Equal("Travel planner", await window.HeadingAsync());
        await window.Page.GetByRole(AriaRole.Region, new() { Name = "Approve" }).GetByLabel("Reason").FillAsync("known partner");
        await window.Page.GetByRole(AriaRole.Button, new() { Name = "Approve" }).ClickAsync();

        Assert.Equal("The client is approved.", await window.Page.GetByRole(AriaRole.Status).InnerTextAsync());
        Assert.Contains("known partner", await window.Page.GetByRole(AriaRole.Main).InnerTextAsync(), StringComparison.Ordinal);
        Assert.Equal("ACTIVE", (await console.Server.AdminAsync(HttpMethod.Get, "clients/" + id)).Text("state"));
    }

    [Fact]
    public async Task Sees_the_pending_update_beside_what_is_effective_and_why_it_waits()
    {
        await using var window = await Window.OpenAsync(chromium, console.Server);
        await window.SignInAsync(path: "/console/clients/" + console.Updated);
        var row = window.Page.GetByRole(AriaRole.Region, new() { Name = "What waits for approval" }).GetByRole(AriaRole.Row).Nth(1);
        Assert.Equal(
            ["redirect_uris", "none", """["https://other.example/cb"]"""],
            (await row.Locator("th, td").AllInnerTextsAsync()).Take(3).Select(text => text.Trim('\n', '\u2013')));
        Assert.Contains("needs approval", await row.InnerTextAsync(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(SampleConsole.ViewerToken, "")]
    [InlineData(SampleConsole.ApproverToken, "Approve Reject")]
    public async Task Is_offered_only_what_the_role_may_do(string token, string acts)
    {
        await using var window = await Window.OpenAsync(chromium, console.Server);
        await window.SignInAsync(token, "/console/clients/" + console.Updated);
        var offered = await window.Page.GetByRole(AriaRole.Main).Locator("button, a.button").AllInnerTextsAsync();
        Assert.Equal(acts, string.Join(' ', offered));
    }

    [Fact]
    public async Task Needs_a_colleague_where_two_must_approve()
    {
        await using var server = await ConsoleServer.StartAsync([.. SampleConsole.Roles, "Registration:ApprovalsNeeded=2"]);
        var id = await server.ClientInAsync(ClientState.Pending);
        await using var first = await Window.OpenAsync(chromium, server);
        await first.SignInAsync(path: "/console/clients/" + id);
        Assert.Contains("0 of 2 approvals are given.", await TextAsync(first), StringComparison.Ordinal);
        await ApproveAsync(first);
        Assert.Contains("Your approval is given: 1 of 2.", await TextAsync(first), StringComparison.Ordinal);
        await ApproveAsync(first);
        Assert.Contains("You have approved this already.", await TextAsync(first), StringComparison.Ordinal);
        await using var second = await Window.OpenAsync(chromium, server);
        await second.SignInAsync(SampleConsole.ApproverToken, "/console/clients/" + id);
        await ApproveAsync(second);
        Assert.Contains("The client is approved.", await TextAsync(second), StringComparison.Ordinal);

        static Task ApproveAsync(Window window) =>
            window.Page.GetByRole(AriaRole.Button, new() { Name = "Approve" }).ClickAsync();

        static Task<string> TextAsync(Window window) => window.Page.GetByRole(AriaRole.Main).InnerTextAsync();
    }

    private static Task<string> FocusedAsync(IPage page) => page.Locator(":focus").InnerTextAsync();
}
