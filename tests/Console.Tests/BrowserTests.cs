using GrpcDcr.Console.Tests.Running;
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

        await window.Page.Keyboard.TypeAsync(TestKit.Service.RunningServer.AdminToken);
        await window.Page.Keyboard.PressAsync("Enter");
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
        await window.SignInAsync(path: "/console?page_token=");
        Assert.EndsWith("/console?page_token=", window.Page.Url, StringComparison.Ordinal);
    }

    private static Task<string> FocusedAsync(IPage page) => page.Locator(":focus").InnerTextAsync();
}
