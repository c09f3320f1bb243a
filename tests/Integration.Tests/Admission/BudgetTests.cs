using System.Net;
using GrpcDcr.TestKit.Service;

namespace GrpcDcr.Integration.Tests.Admission;

/// <summary>Who is refused, or has no initial access token, does not use up what callers with a good one may do.</summary>
public sealed class BudgetTests
{
    private const string Token = "DYNAMIC_CLIENT_REGISTRATION_TOKEN=initial-access-token";
    private const string Good = "Authorization: Bearer initial-access-token";
    private const string Wrong = "Authorization: Bearer another-token-altogether";
    private const string Partner = "203.0.113.9";

    [Fact]
    public async Task Refused_calls_from_a_whole_ipv6_network_do_not_delay_a_partner()
    {
        await using var server = await StartAsync(Token);
        for (var i = 0; i < 1280; i++)
        {
            var refused = await FromAsync(server, $"2001:db8:1:{i % 256:x}::1", "", "X-Nothing: sent");
            Assert.True(refused.Status is HttpStatusCode.Unauthorized or HttpStatusCode.TooManyRequests);
        }

        (await FromAsync(server, Partner, Bodies.Smallest, Good)).IsRegistration();
    }

    [Fact]
    public async Task A_good_token_works_from_an_address_that_guesses()
    {
        await using var server = await StartAsync(Token);
        for (var i = 0; i < 20; i++)
        {
            var status = (await FromAsync(server, Partner, Bodies.Smallest, Wrong)).Status;
            Assert.Equal(i < 5 ? HttpStatusCode.Unauthorized : HttpStatusCode.TooManyRequests, status);
        }

        for (var i = 0; i < 5; i++)
        {
            (await FromAsync(server, Partner, Bodies.Smallest, Good)).IsRegistration();
        }

        Assert.Equal(HttpStatusCode.TooManyRequests, (await FromAsync(server, Partner, Bodies.Smallest, Good)).Status);
    }

    [Fact]
    public async Task Anonymous_registrations_from_everywhere_do_not_delay_a_partner()
    {
        await using var server = await StartAsync(Token, "Registration:InitialAccessTokenRequired=false");
        for (var i = 0; i < 600; i++)
        {
            (await FromAsync(server, $"198.51.100.{i % 120}", Bodies.Smallest, "X-Nothing: sent")).IsRegistration();
        }

        Assert.Equal(HttpStatusCode.TooManyRequests, (await FromAsync(server, Partner, Bodies.Smallest, "X-Nothing: sent")).Status);
        (await FromAsync(server, Partner, Bodies.Smallest, Good)).IsRegistration();
    }

    [Fact]
    public async Task Partners_do_not_delay_anonymous_callers()
    {
        await using var server = await StartAsync(Token, "Registration:InitialAccessTokenRequired=false", "RateLimit:Global=3");
        for (var i = 0; i < 3; i++)
        {
            (await FromAsync(server, Partner, Bodies.Smallest, Good)).IsRegistration();
        }

        Assert.Equal(HttpStatusCode.TooManyRequests, (await FromAsync(server, "203.0.113.10", Bodies.Smallest, Good)).Status);
        (await FromAsync(server, Partner, Bodies.Smallest, "X-Nothing: sent")).IsRegistration();
    }

    [Fact]
    public async Task Refused_calls_are_not_taken_from_what_an_anonymous_caller_may_do()
    {
        await using var server = await StartAsync();
        for (var i = 0; i < 20; i++)
        {
            await FromAsync(server, Partner, Bodies.Smallest, Wrong);
        }

        (await FromAsync(server, Partner, Bodies.Smallest, "X-Nothing: sent")).IsRegistration();
    }

    [Theory]
    [InlineData("2001:db8:1:{0:x}::1", 4 * 5)]
    [InlineData("2001:db8:1:{0:x}00::1", 16 * 5)]
    public async Task An_ipv6_network_is_limited_however_many_smaller_ones_it_has(string form, int registrations)
    {
        await using var server = await StartAsync();
        var registered = 0;
        for (var i = 0; i < 2 * registrations; i++)
        {
            var address = string.Format(System.Globalization.CultureInfo.InvariantCulture, form, i % 256);
            registered += (await FromAsync(server, address, Bodies.Smallest, "X-Nothing: sent")).Status == HttpStatusCode.Created ? 1 : 0;
        }

        Assert.Equal(registrations, registered);
    }

    private static Task<RunningServer> StartAsync(params string[] settings) => RunningServer.StartAsync(
    [
        "DYNAMIC_CLIENT_REGISTRATION_RATE_LIMIT=5", "RateLimit:Global=600", "PublicBaseUrl=https://as.example",
        "ForwardedHeaders:TrustedProxies=127.0.0.1", .. settings,
    ]);

    private static Task<Answer> FromAsync(RunningServer server, string address, string body, string header) =>
        server.RegisterAsync(body, "X-Forwarded-For: " + address, "X-Forwarded-Proto: https", header);
}
