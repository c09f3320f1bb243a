using System.Net;
using GrpcDcr.Console.Tests.Running;
using GrpcDcr.Server.Endpoints.Security;
using GrpcDcr.Server.Model;
using GrpcDcr.TestKit.Service;
using Microsoft.Extensions.DependencyInjection;

namespace GrpcDcr.Console.Tests;

/// <summary>How sessions begin, last and end.</summary>
public sealed class SessionTests
{
    private const string SignIn = "/console/sign-in";

    [Fact]
    public async Task Cookies_are_for_the_console_alone_and_out_of_reach_of_scripts()
    {
        await using var server = await ConsoleServer.StartAsync();
        using var visitor = new Visitor(server.AdminAddress);
        var shown = await visitor.GetAsync(SignIn);
        var answer = await visitor.SignInAsync(RunningServer.AdminToken);
        foreach (var cookie in shown.Headers.GetValues("Set-Cookie").Concat(answer.Headers.GetValues("Set-Cookie")))
        {
            Assert.EndsWith("; path=/console; samesite=strict; httponly", cookie, StringComparison.Ordinal);
        }

        Assert.DoesNotContain(RunningServer.AdminToken, answer.Body + answer.Headers, StringComparison.Ordinal);
        Assert.DoesNotContain(server.Log.All, line => line.Contains(RunningServer.AdminToken, StringComparison.Ordinal));
        Assert.Contains(server.Log.All, line => line.Contains("admin signed in to the console", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Under_TLS_cookies_are_secure_and_that_of_the_session_says_so_in_its_name()
    {
        await using var server = await ConsoleServer.StartAsync(
            "ForwardedHeaders:TrustedProxies=127.0.0.1", "PublicBaseUrl=https://as.example");
        using var visitor = new Visitor(server.AdminAddress, ("X-Forwarded-Proto", "https"), ("X-Forwarded-For", "203.0.113.7"));
        var shown = await visitor.GetAsync(SignIn);
        var antiforgery = Assert.Single(shown.Headers.GetValues("Set-Cookie"));
        Assert.EndsWith("; path=/console; secure; samesite=strict; httponly", antiforgery, StringComparison.Ordinal);

        // The visitor sends no secure cookie itself, because it speaks plain HTTP, as to the proxy.
        using var request = new HttpRequestMessage(HttpMethod.Post, SignIn)
        {
            Headers = { { "Cookie", antiforgery.Split(';')[0] } },
            Content = Visitor.FormOf(("token", RunningServer.AdminToken), (Visitor.AntiforgeryField, Visitor.TokenIn(shown.Body))),
        };
        var answer = await visitor.SendAsync(request);
        var session = Assert.Single(answer.Headers.GetValues("Set-Cookie"));
        Assert.StartsWith("__Secure-grpcdcr-session=", session, StringComparison.Ordinal);
        Assert.EndsWith("; path=/console; secure; samesite=strict; httponly", session, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", HttpStatusCode.BadRequest, "Enter a token.")]
    [InlineData("of-nobody-at-all", HttpStatusCode.Unauthorized, "The token is not valid.")]
    [InlineData(RunningServer.DirectoryToken, HttpStatusCode.Forbidden, "no role for the console")]
    public async Task Begin_with_a_token_of_an_administrator_only(string token, HttpStatusCode status, string said)
    {
        await using var server = await ConsoleServer.StartAsync();
        using var visitor = new Visitor(server.AdminAddress);
        var answer = await visitor.SignInAsync(token);
        Assert.Equal(status, answer.Status);
        Assert.Contains(said, answer.Body, StringComparison.Ordinal);
        Assert.True(token.Length == 0 || !answer.Body.Contains(token, StringComparison.Ordinal));
        Assert.Equal(HttpStatusCode.SeeOther, (await visitor.GetAsync("/console")).Status);
    }

    [Fact]
    public async Task Wrong_tokens_are_limited_and_recorded_as_in_the_API()
    {
        await using var server = await ConsoleServer.StartAsync("RateLimit:FailedRoleToken=2");
        using var visitor = new Visitor(server.AdminAddress);
        for (var i = 0; i < 2; i++)
        {
            Assert.Equal(HttpStatusCode.Unauthorized, (await visitor.SignInAsync("wrong-token-wrong-token")).Status);
        }

        var limited = await visitor.SignInAsync("wrong-token-wrong-token");
        Assert.Equal(HttpStatusCode.TooManyRequests, limited.Status);
        Assert.NotNull(limited.Headers.RetryAfter);
        Assert.Equal(HttpStatusCode.SeeOther, (await visitor.SignInAsync(RunningServer.AdminToken)).Status);
        var events = await server.AdminAsync(HttpMethod.Get, "audit-events?type=ROLE_TOKEN_REFUSED");
        Assert.Contains("CREDENTIAL_INVALID", events.Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task End_when_they_are_not_used_for_their_lifetime_and_after_eight_hours_anyway()
    {
        await using var server = await ConsoleServer.StartAsync("Console:SessionLifetime=04:00:00");
        using var idle = await Visitor.SignedInAsync(server);
        using var busy = await Visitor.SignedInAsync(server);
        foreach (var step in new[] { 2.5, 2.5, 2.5 })
        {
            server.Time.Advance(TimeSpan.FromHours(step));
            Assert.Equal(HttpStatusCode.OK, (await busy.GetAsync("/console")).Status);
        }

        Assert.Equal(HttpStatusCode.SeeOther, (await idle.GetAsync("/console")).Status);
        server.Time.Advance(TimeSpan.FromHours(0.5));
        Assert.Equal(HttpStatusCode.SeeOther, (await busy.GetAsync("/console")).Status);
    }

    [Theory]
    [InlineData("removed")]
    [InlineData("changed")]
    [InlineData("expired")]
    [InlineData("without a role for the console")]
    public async Task End_with_their_token(string how)
    {
        await using var server = await ConsoleServer.StartAsync();
        using var visitor = await Visitor.SignedInAsync(server);
        Assert.Equal(HttpStatusCode.OK, (await visitor.GetAsync("/console")).Status);
        var (hash, now) = (SecretHash.Of(RunningServer.AdminToken), server.Time.GetUtcNow());
        server.Services.GetRequiredService<RoleTokenLookup>().Replace(how switch
        {
            "removed" => [new RoleToken("other", hash, [Roles.Admin])],
            "changed" => [new RoleToken("admin", SecretHash.Of("another-token-of-the-same-name"), [Roles.Admin])],
            "expired" => [new RoleToken("admin", hash, [Roles.Admin], now)],
            _ => [new RoleToken("admin", hash, [Roles.Directory])],
        });

        var answer = await visitor.GetAsync("/console");
        Assert.Equal(HttpStatusCode.SeeOther, answer.Status);
        Assert.Contains("grpcdcr-session=;", Assert.Single(answer.Headers.GetValues("Set-Cookie")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Have_the_roles_that_the_token_has_now()
    {
        await using var server = await ConsoleServer.StartAsync();
        using var visitor = await Visitor.SignedInAsync(server);
        server.Services.GetRequiredService<RoleTokenLookup>().Replace(
            [new RoleToken("admin", SecretHash.Of(RunningServer.AdminToken), [Roles.Viewer])]);
        Assert.Contains("(viewer)", (await visitor.GetAsync("/console")).Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Forms_without_the_antiforgery_token_of_the_session_are_refused()
    {
        await using var server = await ConsoleServer.StartAsync([.. SampleConsole.Roles]);
        using var visitor = await Visitor.SignedInAsync(server);
        using var other = await Visitor.SignedInAsync(server, SampleConsole.ViewerToken);
        foreach (var answer in new[]
        {
            await visitor.PostAsync("/console/sign-out"),
            await visitor.PostAsync("/console/sign-out", (Visitor.AntiforgeryField, "x")),
            await visitor.PostAsync("/console/sign-out", (Visitor.AntiforgeryField, await other.AntiforgeryTokenAsync("/console"))),
        })
        {
            Assert.Equal(HttpStatusCode.BadRequest, answer.Status);
            Assert.Contains("not sent from a page of this session", answer.Body, StringComparison.Ordinal);
        }

        Assert.Equal(HttpStatusCode.OK, (await visitor.GetAsync("/console")).Status);
    }

    [Fact]
    public async Task Survive_a_restart_and_their_keys_are_for_the_owner_alone()
    {
        var folder = System.IO.Directory.CreateTempSubdirectory("grpcdcr-").FullName;
        try
        {
            string cookie;
            await using (var server = await ConsoleServer.StartInAsync(folder))
            {
                using var visitor = await Visitor.SignedInAsync(server);
                cookie = visitor.Cookies.GetAllCookies()["grpcdcr-session"]!.Value;
            }

            var keys = System.IO.Directory.GetFiles(Path.Combine(folder, "session-keys"));
            var key = Assert.Single(keys);
            Assert.True(OperatingSystem.IsWindows() || File.GetUnixFileMode(key) == (UnixFileMode.UserRead | UnixFileMode.UserWrite));
            await using var again = await ConsoleServer.StartInAsync(folder);
            using var later = new Visitor(again.AdminAddress);
            later.Cookies.Add(again.AdminAddress, new Cookie("grpcdcr-session", cookie, "/console"));
            Assert.Equal(HttpStatusCode.OK, (await later.GetAsync("/console")).Status);
        }
        finally
        {
            System.IO.Directory.Delete(folder, recursive: true);
        }
    }
}
