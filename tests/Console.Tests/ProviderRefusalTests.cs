using System.Net;
using GrpcDcr.Console.Tests.Running;
using GrpcDcr.TestKit.Samples;
using GrpcDcr.TestKit.Service;

namespace GrpcDcr.Console.Tests;

/// <summary>Sign-ins at an OpenID provider that end without a session: with a page that says why, and an audit event.</summary>
public sealed class ProviderRefusalTests
{
    private const string Callback = "/console/signin-oidc";

    [Theory]
    [InlineData("")]
    [InlineData("?code=c")]
    [InlineData("?code=c&state=made-up")]
    [InlineData("?state=made-up&error=access_denied")]
    public async Task A_response_to_nothing_that_was_asked_is_refused(string query)
    {
        await using var provider = await TestProvider.StartAsync();
        await using var server = await ConsoleServer.StartAsync(provider.Settings);
        using var visitor = new Visitor(server.AdminAddress);

        await IsRefusedAsync(await visitor.GetAsync(Callback + query), HttpStatusCode.BadRequest, "Begin again.", visitor, server);
    }

    [Fact]
    public async Task A_response_to_the_sign_in_of_another_browser_is_refused()
    {
        await using var provider = await TestProvider.StartAsync();
        await using var server = await ConsoleServer.StartAsync(provider.Settings);
        using var attacker = new Visitor(server.AdminAddress);
        using var victim = new Visitor(server.AdminAddress);
        var sent = await provider.BeginAsync(attacker);
        provider.IdToken = provider.TokenFor(sent, server);

        var answer = await victim.GetAsync($"{Callback}?code=c&state={Uri.EscapeDataString(sent["state"]!)}");

        await IsRefusedAsync(answer, HttpStatusCode.BadRequest, "belongs to no sign-in that this browser began", victim, server);
        Assert.Empty(provider.TokenRequest);
    }

    [Theory]
    [InlineData("""{"nonce":"of-another-sign-in"}""")]
    [InlineData("""{"nonce":null}""")]
    [InlineData("""{"aud":"another-client"}""")]
    [InlineData("""{"iss":"https://other.example"}""")]
    [InlineData("""{"exp":1}""")]
    [InlineData("""{"exp":null}""")]
    [InlineData("""{"sub":null}""")]
    [InlineData("key")]
    [InlineData("none")]
    [InlineData("unsigned")]
    public async Task An_ID_token_that_is_not_for_this_sign_in_is_refused(string claims)
    {
        await using var provider = await TestProvider.StartAsync();
        await using var server = await ConsoleServer.StartAsync(provider.Settings);
        using var visitor = new Visitor(server.AdminAddress);
        var sent = await provider.BeginAsync(visitor);
        var good = provider.TokenFor(sent, server);
        provider.IdToken = claims switch
        {
            "key" => provider.TokenFor(sent, server, key: SigningKey.NewP256()),
            "none" => $"{SigningKey.Encode("""{"alg":"none"}""")}.{good.Split('.')[1]}.",
            "unsigned" => good[..(good.LastIndexOf('.') + 1)],
            _ => provider.TokenFor(sent, server, claims),
        };

        var answer = await visitor.GetAsync($"{Callback}?code=c&state={Uri.EscapeDataString(sent["state"]!)}");

        await IsRefusedAsync(answer, HttpStatusCode.BadRequest, "is not acceptable", visitor, server);
    }

    [Theory]
    [InlineData("access_denied", HttpStatusCode.Forbidden)]
    [InlineData("login_required", HttpStatusCode.BadRequest)]
    [InlineData("<b>", HttpStatusCode.BadRequest)]
    public async Task An_error_of_the_provider_is_said_without_its_description(string error, HttpStatusCode status)
    {
        await using var provider = await TestProvider.StartAsync();
        await using var server = await ConsoleServer.StartAsync(provider.Settings);
        using var visitor = new Visitor(server.AdminAddress);
        var sent = await provider.BeginAsync(visitor);

        var query = $"error={Uri.EscapeDataString(error)}&error_description=call-this-number";
        var answer = await visitor.GetAsync($"{Callback}?{query}&state={Uri.EscapeDataString(sent["state"]!)}");

        var shown = error.Replace('<', '?').Replace('>', '?');
        await IsRefusedAsync(answer, status, $"refused the sign-in: &#x27;{shown}&#x27;", visitor, server);
        Assert.DoesNotContain("call-this-number", answer.Body, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"roles":["dcr-directory"]}""")]
    [InlineData("""{"roles":["admin"]}""")]
    [InlineData("""{"roles":null}""")]
    public async Task A_user_without_a_role_is_told_which_claim_was_looked_for(string claims)
    {
        await using var provider = await TestProvider.StartAsync();
        await using var server = await ConsoleServer.StartAsync(provider.Settings);
        using var visitor = new Visitor(server.AdminAddress);

        var answer = await provider.SignInAsync(visitor, server, claims);

        await IsRefusedAsync(
            answer, HttpStatusCode.Forbidden, "The claim &#x27;roles&#x27; of the ID token", visitor, server, "ROLE_FORBIDS");
    }

    [Theory]
    [InlineData("down at the start")]
    [InlineData("down later")]
    [InlineData("another issuer")]
    public async Task While_the_provider_cannot_be_used_tokens_work(string how)
    {
        await using var provider = await TestProvider.StartAsync();
        await using var server = await ConsoleServer.StartAsync(provider.Settings);
        using var visitor = new Visitor(server.AdminAddress);
        var state = how == "down later" ? (await provider.BeginAsync(visitor))["state"]! : "";
        provider.IsDown = how != "another issuer";
        provider.ClaimedIssuer = how == "another issuer" ? "https://other.example" : null;

        var answer = await visitor.GetAsync(
            state.Length > 0 ? $"{Callback}?code=c&state={Uri.EscapeDataString(state)}" : "/console/sign-in/provider");

        Assert.True((int)answer.Status is 400 or 503, $"{(int)answer.Status}");
        Assert.DoesNotContain("Exception", answer.Body, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.SeeOther, (await visitor.SignInAsync(RunningServer.AdminToken)).Status);
    }

    [Fact]
    public async Task Failed_sign_ins_are_limited_as_wrong_tokens()
    {
        await using var provider = await TestProvider.StartAsync();
        await using var server = await ConsoleServer.StartAsync([.. provider.Settings, "RateLimit:FailedRoleToken=2"]);
        using var visitor = new Visitor(server.AdminAddress);
        HttpStatusCode[] expected = [HttpStatusCode.BadRequest, HttpStatusCode.BadRequest, HttpStatusCode.TooManyRequests];
        foreach (var status in expected)
        {
            Assert.Equal(status, (await visitor.GetAsync($"{Callback}?code=c&state=made-up")).Status);
        }

        Assert.Equal(HttpStatusCode.OK, (await provider.SignInAsync(visitor, server)).Status);
    }

    [Fact]
    public async Task Only_the_admin_listener_has_the_callback()
    {
        await using var provider = await TestProvider.StartAsync();
        await using var server = await ConsoleServer.StartAsync(provider.Settings);
        foreach (var address in new[] { server.PublicAddress, server.ManagementAddress })
        {
            using var visitor = new Visitor(address);
            Assert.Equal(HttpStatusCode.NotFound, (await visitor.GetAsync($"{Callback}?code=c&state=made-up")).Status);
        }

        using var posting = new Visitor(server.AdminAddress);
        Assert.Equal(HttpStatusCode.MethodNotAllowed, (await posting.PostAsync(Callback, ("code", "c"), ("state", "s"))).Status);
    }

    private static async Task IsRefusedAsync(
        Answer answer, HttpStatusCode status, string said, Visitor visitor, RunningServer server, string reason = "CREDENTIAL_INVALID")
    {
        Assert.True(answer.Status == status, $"{(int)answer.Status}: {answer.Body}");
        Assert.Contains(said, answer.Body, StringComparison.Ordinal);
        Assert.Contains("GrpcDcr</title>", answer.Body, StringComparison.Ordinal);
        Assert.DoesNotContain("Exception", answer.Body, StringComparison.Ordinal);
        Assert.DoesNotContain("IDX", answer.Body, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.SeeOther, (await visitor.GetAsync("/console")).Status);
        var events = await server.AdminAsync(HttpMethod.Get, "audit-events?type=ROLE_TOKEN_REFUSED");
        Assert.Contains(reason, events.Body, StringComparison.Ordinal);
    }
}
