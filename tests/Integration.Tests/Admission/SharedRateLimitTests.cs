using System.Globalization;
using System.Net;
using GrpcDcr.TestKit.Running;
using GrpcDcr.TestKit.Service;

namespace GrpcDcr.Integration.Tests.Admission;

/// <summary>Two instances of the service over one Redis: who is refused by one is refused by the other.</summary>
[Collection(nameof(Timed))]
public sealed class SharedRateLimitTests
{
    private const string Secret = "secret-of-redis";

    [Fact]
    public async Task Five_a_minute_are_five_of_all_instances_together()
    {
        await using var redis = await StartRedisAsync();
        await using var one = await StartAsync(redis);
        await using var other = await StartAsync(redis);

        // Whatever the clock of an instance says.
        other.Time.Advance(TimeSpan.FromDays(1));
        for (var i = 0; i < 5; i++)
        {
            (await (i % 2 == 0 ? one : other).RegisterAsync(Bodies.Smallest)).IsRegistration();
        }

        foreach (var server in new[] { one, other })
        {
            var refused = (await server.RegisterAsync(Bodies.Smallest))
                .IsRefusal("too_many_requests", HttpStatusCode.TooManyRequests, "sixth");
            Assert.InRange(int.Parse(Assert.Single(refused.Headers.GetValues("Retry-After")), CultureInfo.InvariantCulture), 1, 120);
            Assert.DoesNotContain(server.Log.All, line => line.Contains("Redis is unavailable", StringComparison.Ordinal));
        }
    }

    /// <summary>RFC 7592: what clients do to their own records, and guesses at tokens, are budgets of their own.</summary>
    [Fact]
    public async Task Management_is_shared_as_well_and_counted_apart()
    {
        await using var redis = await StartRedisAsync();
        await using var one = await StartAsync(redis, "RateLimit:Management=3", "RateLimit:FailedManagement=2");
        await using var other = await StartAsync(redis, "RateLimit:Management=3", "RateLimit:FailedManagement=2");
        var own = await OwnRecord.RegisterAsync(one);
        for (var i = 0; i < 3; i++)
        {
            Assert.Equal(HttpStatusCode.OK, (await own.ReadAsync()).Status);
        }

        Assert.Equal(HttpStatusCode.TooManyRequests, (await own.ReadAsync()).Status);
        var guess = (own with { Server = other }).With(new string('x', 43) + "." + new string('y', 22));
        Assert.Equal(HttpStatusCode.Unauthorized, (await guess.ReadAsync()).Status);
        Assert.Equal(HttpStatusCode.Unauthorized, (await (guess with { Server = one }).ReadAsync()).Status);
        Assert.Equal(HttpStatusCode.TooManyRequests, (await guess.ReadAsync()).Status);
    }

    [Fact]
    public async Task Serves_and_is_ready_while_redis_is_away_and_keeps_its_secret()
    {
        await using var redis = await StartRedisAsync();
        await using var server = await StartAsync(redis);
        (await server.RegisterAsync(Bodies.Smallest)).IsRegistration();

        await redis.StopAsync();

        for (var i = 0; i < 5; i++)
        {
            (await server.RegisterAsync(Bodies.Smallest)).IsRegistration();
        }

        Assert.Equal(HttpStatusCode.TooManyRequests, (await server.RegisterAsync(Bodies.Smallest)).Status);
        Assert.Equal(HttpStatusCode.OK, (await server.Public.GetAsync(new Uri(server.ManagementAddress, "/health/ready"))).StatusCode);
        Assert.Single(server.Log.All, line => line.Contains("Redis is unavailable", StringComparison.Ordinal));
        Assert.DoesNotContain(server.Log.All, line => line.Contains(Secret, StringComparison.Ordinal));
    }

    private static Task<RedisServer> StartRedisAsync() => RedisServer.StartAsync("--requirepass", Secret);

    private static async Task<RunningServer> StartAsync(RedisServer redis, params string[] settings)
    {
        var server = await RunningServer.StartAsync(
        [
            "DYNAMIC_CLIENT_REGISTRATION_RATE_LIMIT=5", "RateLimit:Store=Redis",
            $"RateLimit:Redis:ConnectionString={redis.ConnectionString},password={Secret}", .. settings,
        ]);
        Assert.Contains(server.Log.All, line => line.Contains("Rate limits are shared", StringComparison.Ordinal));
        return server;
    }
}

/// <summary>Tests that go by real time run by themselves.</summary>
[CollectionDefinition(nameof(Timed), DisableParallelization = true)]
public sealed class Timed;
