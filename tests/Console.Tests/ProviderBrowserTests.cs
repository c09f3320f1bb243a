using GrpcDcr.Console.Tests.Running;
using GrpcDcr.TestKit.Running;
using GrpcDcr.TestKit.Service;
using GrpcDcr.V1;
using Microsoft.Playwright;

namespace GrpcDcr.Console.Tests;

/// <summary>Sign-in at oidc-provider in a browser, which takes it for another site.</summary>
public sealed class ProviderBrowserTests(Chromium chromium, ProviderConsole console) : IClassFixture<ProviderConsole>
{
    [Fact]
    public async Task An_account_with_a_role_works_in_the_console_and_signs_out_at_both()
    {
        var (provider, server) = await console.StartedAsync();
        await using var window = await OpenAsync(server, provider);

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
        var (provider, server) = await console.StartedAsync();
        await using var window = await OpenAsync(server, provider);

        await window.Page.GotoAsync("/console");
        await SignInAsync(window, provider, "mallory");

        Assert.Equal("Not allowed", await window.HeadingAsync());
        Assert.Contains("The claim 'roles'", await window.Page.Locator("main").InnerTextAsync(), StringComparison.Ordinal);
        await window.Page.GotoAsync("/console");
        Assert.Equal("Sign in", await window.HeadingAsync());
    }

    [Fact]
    public async Task An_approver_approves_a_client_and_is_the_actor_of_the_audit_event()
    {
        var (provider, server) = await console.StartedAsync();
        var id = await server.ClientInAsync(ClientState.Pending, SampleConsole.Named("Travel planner", "travel.example"));
        await using var window = await OpenAsync(server, provider);

        await window.Page.GotoAsync("/console/clients/" + id);
        await SignInAsync(window, provider, "alice");
        await window.Page.WaitForURLAsync("**/console/clients/" + id);
        await window.Page.GetByRole(AriaRole.Region, new() { Name = "Approve" }).GetByLabel("Reason").FillAsync("known partner");
        await window.Page.GetByRole(AriaRole.Button, new() { Name = "Approve" }).ClickAsync();

        Assert.Equal("The client is approved.", await window.Page.GetByRole(AriaRole.Status).InnerTextAsync());
        var events = await server.AdminAsync(HttpMethod.Get, $"audit-events?client_id={id}&type=CLIENT_APPROVED");
        var recorded = Assert.Single(events.Json.GetProperty("events").EnumerateArray());
        Assert.Equal("known partner", recorded.GetProperty("reason").GetString());
        Assert.Equal(
            new SortedDictionary<string, string?>
            {
                ["name"] = "alice of the tests",
                ["role"] = "APPROVER",
                ["authentication_method"] = "JWT",
                ["issuer"] = provider.Issuer,
                ["subject"] = "alice",
            },
            new SortedDictionary<string, string?>(
                recorded.GetProperty("actor").EnumerateObject().ToDictionary(member => member.Name, member => member.Value.GetString())));
        var row = window.Page.GetByRole(AriaRole.Row).Filter(new() { HasText = "CLIENT_APPROVED" });
        Assert.Contains("alice of the tests", await row.InnerTextAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_viewer_is_not_offered_acts_and_is_refused_when_he_posts_anyway()
    {
        var (provider, server) = await console.StartedAsync();
        var id = await server.ClientInAsync(ClientState.Pending);
        await using var window = await OpenAsync(server, provider);

        await window.Page.GotoAsync("/console/clients/" + id);
        await SignInAsync(window, provider, "bob");
        await window.Page.WaitForURLAsync("**/console/clients/" + id);
        Assert.Empty(await window.Page.GetByRole(AriaRole.Main).Locator("form, button, a.button").AllAsync());

        // The only form that he has, with his antiforgery token, sent to where the acts are.
        await window.Page.Locator("form").EvaluateAsync("(form, path) => form.action = path", $"/console/clients/{id}/approve");
        var answer = await window.Page.RunAndWaitForResponseAsync(
            () => window.Page.GetByRole(AriaRole.Button).ClickAsync(), response => response.Request.Method == "POST");

        Assert.Equal(403, answer.Status);
        Assert.Equal("Not allowed", await window.HeadingAsync());
        Assert.Equal("PENDING", (await server.AdminAsync(HttpMethod.Get, "clients/" + id)).Text("state"));
    }

    private async Task<Window> OpenAsync(RunningServer server, OidcProvider provider)
    {
        var window = await Window.OpenAsync(chromium, server);
        window.Allow(new Uri(provider.Issuer));
        return window;
    }

    private static async Task SignInAsync(Window window, OidcProvider provider, string account)
    {
        await window.Page.GetByRole(AriaRole.Link, new() { Name = "Sign in with " + new Uri(provider.Issuer).Authority }).ClickAsync();
        await window.Page.GetByPlaceholder("Enter any login").FillAsync(account);
        await window.Page.GetByPlaceholder("and password").FillAsync("any");
        await window.Page.GetByRole(AriaRole.Button, new() { Name = "Sign-in" }).ClickAsync();
        await window.Page.GetByRole(AriaRole.Button, new() { Name = "Continue" }).ClickAsync();
    }
}
