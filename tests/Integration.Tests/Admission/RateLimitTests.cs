using System.Globalization;
using System.Net;
using GrpcDcr.TestKit.Service;

namespace GrpcDcr.Integration.Tests.Admission;

/// <summary>RFC 6585 section 4: how many registrations a minute, and what the answer to more of them says.</summary>
public sealed class RateLimitTests
{
    private const string Proxy = "ForwardedHeaders:TrustedProxies=127.0.0.1";
    private const string Origin = "PublicBaseUrl=https://as.example";
    private const string Five = "DYNAMIC_CLIENT_REGISTRATION_RATE_LIMIT=";

    [Theory]
    [InlineData(0)]
    [InlineData(17)]
    [InlineData(59)]
    public async Task Says_truly_when_to_come_again(int second)
    {
        await using var server = await RunningServer.StartAsync(Five);
        ToSecond(server, second);
        var last = await UntilRefusedAsync(server);

        for (var i = 0; i < 12; i++)
        {
            var wait = int.Parse(Assert.Single(last.Headers.GetValues("Retry-After")), CultureInfo.InvariantCulture);
            server.Time.Advance(TimeSpan.FromSeconds(wait - 1));
            Assert.Equal(HttpStatusCode.TooManyRequests, (await server.RegisterAsync(Bodies.Smallest)).Status);
            server.Time.Advance(TimeSpan.FromSeconds(1));
            (await server.RegisterAsync(Bodies.Smallest)).IsRegistration();
            last = await UntilRefusedAsync(server);
        }
    }

    [Fact]
    public async Task Slides_so_that_no_two_bursts_meet_at_a_full_minute()
    {
        await using var server = await RunningServer.StartAsync(Five);
        ToSecond(server, 59);
        await UntilRefusedAsync(server);

        server.Time.Advance(TimeSpan.FromSeconds(2));

        Assert.Equal(HttpStatusCode.TooManyRequests, (await server.RegisterAsync(Bodies.Smallest)).Status);
    }

    [Fact]
    public async Task Counts_an_ipv6_network_as_one_caller_and_every_ipv4_address_by_itself()
    {
        await using var server = await RunningServer.StartAsync(Five, Origin, Proxy);
        foreach (var host in new[] { "1", "2", "ffff:1:2:3", "0:0:0:1", "abcd::7" })
        {
            (await FromAsync(server, "2001:db8:1:2:" + (host.Contains(':', StringComparison.Ordinal) ? host : ":" + host)))
                .IsRegistration();
        }

        Assert.Equal(HttpStatusCode.TooManyRequests, (await FromAsync(server, "2001:db8:1:2:9:9:9:9")).Status);
        (await FromAsync(server, "2001:db8:1:3::1")).IsRegistration();
        for (var i = 0; i < 5; i++)
        {
            (await FromAsync(server, "203.0.113.9")).IsRegistration();
        }

        Assert.Equal(HttpStatusCode.TooManyRequests, (await FromAsync(server, "203.0.113.9")).Status);
        Assert.Equal(HttpStatusCode.TooManyRequests, (await FromAsync(server, "::ffff:203.0.113.9")).Status);
        (await FromAsync(server, "203.0.113.10")).IsRegistration();
    }

    [Fact]
    public async Task Takes_no_address_from_a_caller_that_is_no_trusted_proxy()
    {
        await using var server = await RunningServer.StartAsync(Five);
        for (var i = 0; i < 5; i++)
        {
            (await FromAsync(server, $"203.0.113.{i}")).IsRegistration();
        }

        Assert.Equal(HttpStatusCode.TooManyRequests, (await FromAsync(server, "203.0.113.77")).Status);
    }

    [Fact]
    public async Task Limits_all_callers_together_as_well()
    {
        await using var server = await RunningServer.StartAsync(Five, Origin, Proxy, "RateLimit:Global=10");
        for (var i = 0; i < 10; i++)
        {
            (await FromAsync(server, $"203.0.113.{i}")).IsRegistration();
        }

        var refused = await FromAsync(server, "203.0.113.77");
        refused.IsRefusal("too_many_requests", HttpStatusCode.TooManyRequests, "global");
        server.Time.Advance(refused.Headers.RetryAfter!.Delta!.Value);
        (await FromAsync(server, "203.0.113.77")).IsRegistration();
    }

    private static Task<Answer> FromAsync(RunningServer server, string address) =>
        server.RegisterAsync(Bodies.Smallest, "X-Forwarded-For: " + address, "X-Forwarded-Proto: https");

    private static void ToSecond(RunningServer server, int second)
    {
        var now = server.Time.GetUtcNow();
        var minute = new DateTimeOffset(now.Ticks - (now.Ticks % TimeSpan.TicksPerMinute), TimeSpan.Zero).AddMinutes(1);
        server.Time.SetUtcNow(minute.AddSeconds(second));
    }

    private static async Task<Answer> UntilRefusedAsync(RunningServer server)
    {
        while (true)
        {
            var answer = await server.RegisterAsync(Bodies.Smallest);
            if (answer.Status != HttpStatusCode.Created)
            {
                return answer;
            }
        }
    }
}
