using System.Net;
using GrpcDcr.Console.Tests.Running;

namespace GrpcDcr.Console.Tests;

/// <summary>Sign-in at an OpenID provider, and the sessions that begin so.</summary>
public sealed class ProviderSignInTests
{
    [Fact]
    public async Task Asks_for_a_code_with_PKCE_and_shows_the_code_with_the_client_secret()
    {
        await using var provider = await TestProvider.StartAsync();
        await using var server = await ConsoleServer.StartAsync(provider.Settings);
        using var visitor = new Visitor(server.AdminAddress);

        var sent = await provider.BeginAsync(visitor);
        provider.IdToken = provider.TokenFor(sent, server);
        await visitor.GetAsync($"/console/signin-oidc?code=the-code&state={Uri.EscapeDataString(sent["state"]!)}");

        Assert.Equal(("code", TestProvider.ClientId, "openid profile"), (sent["response_type"], sent["client_id"], sent["scope"]));
        Assert.Equal(("S256", $"{server.AdminAddress}console/signin-oidc"), (sent["code_challenge_method"], sent["redirect_uri"]));
        Assert.DoesNotContain("response_mode", sent.Keys);
        Assert.Equal(
            ("the-code", TestProvider.ClientId, TestProvider.Secret),
            (provider.TokenRequest["code"], provider.TokenRequest["client_id"], provider.TokenRequest["client_secret"]));
        Assert.NotEqual("", provider.TokenRequest["code_verifier"]);
        Assert.DoesNotContain(server.Log.All, line => line.Contains(TestProvider.Secret, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("{}", "Jane Doe <span class=\"quiet\">(approver)")]
    [InlineData("""{"name":null}""", "248289761001 <span class=\"quiet\">(approver)")]
    [InlineData("""{"roles":"dcr-viewer other"}""", "(viewer)")]
    [InlineData("""{"roles":["dcr-admin","dcr-viewer"]}""", "(admin, viewer)")]
    public async Task Gives_a_session_with_the_name_and_the_roles_of_the_ID_token(string claims, string shown)
    {
        await using var provider = await TestProvider.StartAsync();
        await using var server = await ConsoleServer.StartAsync(provider.Settings);
        using var visitor = new Visitor(server.AdminAddress);

        var answer = await provider.SignInAsync(visitor, server, claims);

        Assert.Equal(HttpStatusCode.OK, answer.Status);
        Assert.Equal("0; url=/console", Assert.Single(answer.Headers.GetValues("Refresh")));
        Assert.Contains("<a href=\"/console\">Go on to the console</a>", answer.Body, StringComparison.Ordinal);
        Assert.Contains(shown, (await visitor.GetAsync("/console")).Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Leads_back_to_the_page_that_was_asked_for_and_to_no_other_site()
    {
        await using var provider = await TestProvider.StartAsync();
        await using var server = await ConsoleServer.StartAsync(provider.Settings);
        using var visitor = new Visitor(server.AdminAddress);
        var page = await visitor.GetAsync("/console/sign-in?return=/console?page_token=");
        var link = $"/console/sign-in/provider?return={Uri.EscapeDataString("/console?page_token=")}";
        Assert.Contains($"href=\"{link}\">Sign in with {new Uri(provider.Authority).Authority}</a>", page.Body, StringComparison.Ordinal);

        var sent = await provider.BeginAsync(visitor, link);
        provider.IdToken = provider.TokenFor(sent, server);
        var answer = await visitor.GetAsync($"/console/signin-oidc?code=c&state={Uri.EscapeDataString(sent["state"]!)}");

        Assert.Equal("0; url=/console?page_token=", Assert.Single(answer.Headers.GetValues("Refresh")));
        foreach (var wrong in new[]
        {
            "return=https://evil.example/", "return=//evil.example/console", "x=1", "return=/console&return=/console",
        })
        {
            Assert.Equal(HttpStatusCode.BadRequest, (await visitor.GetAsync($"/console/sign-in/provider?{wrong}")).Status);
        }
    }

    [Fact]
    public async Task Cookies_of_a_sign_in_are_for_the_console_alone_and_survive_the_way_back()
    {
        await using var provider = await TestProvider.StartAsync();
        await using var server = await ConsoleServer.StartAsync(
            [.. provider.Settings, "ForwardedHeaders:TrustedProxies=127.0.0.1", "PublicBaseUrl=https://as.example"]);
        using var secure = new Visitor(server.AdminAddress, ("X-Forwarded-Proto", "https"), ("X-Forwarded-For", "203.0.113.7"));

        var cookies = (await secure.GetAsync("/console/sign-in/provider")).Headers.GetValues("Set-Cookie").ToList();

        Assert.Equal(2, cookies.Count);
        Assert.All(cookies, cookie => Assert.EndsWith("; path=/console; secure; samesite=lax; httponly", cookie, StringComparison.Ordinal));
        Assert.Single(cookies, cookie => cookie.StartsWith("grpcdcr-correlation.", StringComparison.Ordinal));
        Assert.Single(cookies, cookie => cookie.StartsWith("grpcdcr-nonce.", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_session_ends_after_eight_hours()
    {
        await using var provider = await TestProvider.StartAsync();
        await using var server = await ConsoleServer.StartAsync([.. provider.Settings, "Console:SessionLifetime=08:00:00"]);
        using var visitor = new Visitor(server.AdminAddress);
        await provider.SignInAsync(visitor, server);

        server.Time.Advance(TimeSpan.FromHours(7.5));
        Assert.Equal(HttpStatusCode.OK, (await visitor.GetAsync("/console")).Status);
        server.Time.Advance(TimeSpan.FromHours(0.5));
        Assert.Equal(HttpStatusCode.SeeOther, (await visitor.GetAsync("/console")).Status);
    }

    [Theory]
    [InlineData("Console:SessionLifetime=00:20:00", HttpStatusCode.OK)]
    [InlineData("Authentication:OpenIdConnect:ClientSecret=another", HttpStatusCode.SeeOther)]
    [InlineData("Authentication:OpenIdConnect:Roles:Approver=dcr-other", HttpStatusCode.SeeOther)]
    public async Task A_session_survives_a_restart_but_no_change_of_what_is_trusted(string setting, HttpStatusCode status)
    {
        var folder = System.IO.Directory.CreateTempSubdirectory("grpcdcr-").FullName;
        try
        {
            await using var provider = await TestProvider.StartAsync();
            string cookie;
            await using (var server = await ConsoleServer.StartInAsync(folder, provider.Settings))
            {
                using var visitor = new Visitor(server.AdminAddress);
                await provider.SignInAsync(visitor, server);
                cookie = visitor.Cookies.GetAllCookies()["grpcdcr-session"]!.Value;
            }

            await using var again = await ConsoleServer.StartInAsync(folder, [.. provider.Settings, setting]);
            using var later = new Visitor(again.AdminAddress);
            later.Cookies.Add(again.AdminAddress, new Cookie("grpcdcr-session", cookie, "/console"));
            Assert.Equal(status, (await later.GetAsync("/console")).Status);
        }
        finally
        {
            System.IO.Directory.Delete(folder, recursive: true);
        }
    }

    [Theory]
    [InlineData(true, "/end?client_id=console-of-the-tests&amp;post_logout_redirect_uri=http%3A%2F%2F127.0.0.1%3A")]
    [InlineData(false, "may still know you in this browser.")]
    public async Task Sign_out_ends_the_session_and_leads_to_the_provider_if_it_can_end_its_own(bool hasEndSession, string said)
    {
        await using var provider = await TestProvider.StartAsync();
        provider.HasEndSession = hasEndSession;
        await using var server = await ConsoleServer.StartAsync(provider.Settings);
        using var visitor = new Visitor(server.AdminAddress);
        await provider.SignInAsync(visitor, server);

        var answer = await visitor.SubmitAsync("/console", "/console/sign-out");
        Assert.Equal("/console/signed-out", answer.Headers.Location?.OriginalString);
        var page = await visitor.GetAsync("/console/signed-out");

        Assert.Contains(said, page.Body, StringComparison.Ordinal);
        Assert.Equal(hasEndSession, page.Headers.Contains("Refresh"));
        Assert.Equal(HttpStatusCode.SeeOther, (await visitor.GetAsync("/console")).Status);
    }

    [Fact]
    public async Task Without_a_provider_there_is_neither_a_link_nor_a_way()
    {
        await using var server = await ConsoleServer.StartAsync();
        using var visitor = new Visitor(server.AdminAddress);
        Assert.DoesNotContain("Sign in with", (await visitor.GetAsync("/console/sign-in")).Body, StringComparison.Ordinal);
        foreach (var path in new[] { "/console/sign-in/provider", "/console/signin-oidc?code=c&state=s", "/console/signed-out" })
        {
            Assert.Equal(HttpStatusCode.NotFound, (await visitor.GetAsync(path)).Status);
        }
    }
}
