using System.Globalization;
using GrpcDcr.Console.Tests.Running;
using GrpcDcr.TestKit.Running;
using GrpcDcr.TestKit.Service;
using Microsoft.Playwright;

namespace GrpcDcr.Console.Tests;

/// <summary>Sign-in at oidc-provider in a browser, which takes it for another site.</summary>
public sealed class ProviderBrowserTests(Chromium chromium)
{
    private const string RolesOfUsers = """{"alice":["dcr-approver"],"bob":["dcr-viewer"],"mallory":["other"]}""";

    [Fact]
    public async Task An_account_with_a_role_works_in_the_console_and_signs_out_at_both()
    {
        var port = FreePort.Next();
        await using var provider = await StartProviderAsync(port);
        await using var server = await StartServerAsync(provider, port);
        await using var window = await Window.OpenAsync(chromium, server);
        window.Allow(new Uri(provider.Issuer));

        await window.Page.GotoAsync("/console?page_token=");
        await SignInAsync(window, provider, "alice");
        await window.Page.WaitForURLAsync("**/console?page_token=");

        Assert.Equal("Pending", await window.HeadingAsync());
        Assert.Contains("alice of the tests (approver)", await window.Page.Locator(".session").InnerTextAsync(), StringComparison.Ordinal);

        await window.Page.GetByRole(AriaRole.Button, new() { Name = "Sign out" }).ClickAsync();
        await window.Page.GetByRole(AriaRole.Button, new() { Name = "Yes, sign me out" }).ClickAsync();
        await window.Page.WaitForURLAsync("**/console/sign-in");
        await window.Page.GotoAsync("/console");
        Assert.Equal("Sign in", await window.HeadingAsync());
    }

    [Fact]
    public async Task An_account_without_a_role_is_told_so()
    {
        var port = FreePort.Next();
        await using var provider = await StartProviderAsync(port);
        await using var server = await StartServerAsync(provider, port);
        await using var window = await Window.OpenAsync(chromium, server);
        window.Allow(new Uri(provider.Issuer));

        await window.Page.GotoAsync("/console");
        await SignInAsync(window, provider, "mallory");

        Assert.Equal("Not allowed", await window.HeadingAsync());
        Assert.Contains("The claim 'roles'", await window.Page.Locator("main").InnerTextAsync(), StringComparison.Ordinal);
        await window.Page.GotoAsync("/console");
        Assert.Equal("Sign in", await window.HeadingAsync());
    }

    private static async Task SignInAsync(Window window, OidcProvider provider, string account)
    {
        await window.Page.GetByRole(AriaRole.Link, new() { Name = "Sign in with " + new Uri(provider.Issuer).Authority }).ClickAsync();
        await window.Page.GetByPlaceholder("Enter any login").FillAsync(account);
        await window.Page.GetByPlaceholder("and password").FillAsync("any");
        await window.Page.GetByRole(AriaRole.Button, new() { Name = "Sign-in" }).ClickAsync();
        await window.Page.GetByRole(AriaRole.Button, new() { Name = "Continue" }).ClickAsync();
    }

    private static Task<OidcProvider> StartProviderAsync(int port) => OidcProvider.StartForConsoleAsync(
        string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{port}/console"), RolesOfUsers);

    private static Task<RunningServer> StartServerAsync(OidcProvider provider, int port) => ConsoleServer.StartAsync(
        [.. TestProvider.SettingsOf(provider.Issuer), $"Kestrel:Endpoints:Admin:Url=http://127.0.0.1:{port}"]);
}
