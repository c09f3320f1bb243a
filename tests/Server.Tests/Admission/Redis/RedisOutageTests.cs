using System.Diagnostics;
using System.Net;
using System.Threading.RateLimiting;
using GrpcDcr.Server.Admission.Redis;
using GrpcDcr.TestKit.Running;

namespace GrpcDcr.Server.Tests.Admission.Redis;

/// <summary>
/// Redis becomes unavailable in every possible way, and available again: rate limits are never lifted, never refuse everything and never
/// block.
/// </summary>
[Collection(nameof(Timed))]
public sealed class RedisOutageTests
{
    private const string Away = "Redis is unavailable";
    private const string Back = "Redis is available again";

    private static readonly IPAddress Address = IPAddress.Parse("192.0.2.1");
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan ComesBack = TimeSpan.FromSeconds(60);

    /// <summary>What is done to Redis, and what the log says of it.</summary>
    public static TheoryData<string, string> Outages { get; } = new()
    {
        { "stopped", "" },
        { "hung", "(no answer in time)" },
        { "paused", "(no answer in time)" },
        { "a replica", "(READONLY)" },
        { "full", "(OOM)" },
    };

    [Theory]
    [MemberData(nameof(Outages))]
    public async Task Counts_alone_while_redis_is_away_and_together_when_it_is_back(string outage, string reason)
    {
        await using var redis = await RedisServer.StartAsync();
        await using var one = await SharingInstance.StartAsync(redis.ConnectionString, patience: Patience);
        await using var other = await SharingInstance.StartAsync(redis.ConnectionString, patience: Patience);
        using var limiter = one.Limiter(5, 600);
        using var otherLimiter = other.Limiter(5, 600);
        Assert.Equal(5, await AdmittedAsync(limiter, Address));
        Assert.Empty(one.Alone);

        await BreakAsync(redis, outage);
        var meanwhile = IPAddress.Parse("192.0.2.2");
        Assert.Equal(5, await AdmittedAsync(limiter, meanwhile));
        Assert.Equal(5, await AdmittedAsync(otherLimiter, meanwhile));
        using (var refused = await limiter.AcquireAsync(meanwhile))
        {
            Assert.True(refused.TryGetMetadata(MetadataName.RetryAfter, out var wait) && wait > TimeSpan.Zero);
        }

        // It is asked whether it is back, and it is not, though a replica and a full one still answer what only reads.
        for (var i = 0; i < 10; i++)
        {
            one.Time.Advance(TimeSpan.FromSeconds(1));
            Assert.Equal(0, await AdmittedAsync(limiter, meanwhile, 1));
            await Task.Delay(20);
        }

        Assert.DoesNotContain(one.Log, line => line.Contains(Back, StringComparison.Ordinal));
        Assert.All(one.Alone, tag => Assert.Equal("grpcdcr.limit=registration", tag));
        Assert.Equal(31, one.Alone.Count);

        await MendAsync(redis, outage);
        await BackAsync(one);
        await BackAsync(other);
        var fresh = IPAddress.Parse("192.0.2.3");
        Assert.Equal(5, await AdmittedAsync(limiter, fresh));
        Assert.Equal(0, await AdmittedAsync(otherLimiter, fresh));
        Assert.Single(one.Log, line => line.Contains(Away, StringComparison.Ordinal) && line.Contains(reason, StringComparison.Ordinal));
        Assert.Equal(["Information", "Warning", "Information"], one.Log.Select(line => line.Split(' ')[0]));
    }

    /// <summary>The first call finds out; all others are answered without Redis.</summary>
    [Theory]
    [InlineData("stopped")]
    [InlineData("hung")]
    [InlineData("paused")]
    public async Task One_call_at_most_waits_for_a_redis_that_is_away(string outage)
    {
        await using var redis = await RedisServer.StartAsync();
        await using var instance = await SharingInstance.StartAsync(redis.ConnectionString);
        using var limiter = instance.Limiter(1_000_000, 1_000_000);
        await AdmittedAsync(limiter, Address);
        await BreakAsync(redis, outage);

        var waits = new List<TimeSpan>();
        for (var i = 0; i < 500; i++)
        {
            // Redis is asked again all the while, but by no call.
            instance.Time.Advance(TimeSpan.FromMilliseconds(50));
            var started = Stopwatch.GetTimestamp();
            using var lease = await limiter.AcquireAsync(Address);
            Assert.True(lease.IsAcquired);
            waits.Add(Stopwatch.GetElapsedTime(started));
        }

        // Redis was asked 25 times. A busy machine may make a call or two slow by itself.
        Assert.InRange(waits.Count(wait => wait >= RedisConnection.Patience), 0, 3);
        Assert.InRange(waits.Max(), TimeSpan.Zero, RedisConnection.Patience * 4);
        await MendAsync(redis, outage);
    }

    [Fact]
    public async Task Starts_without_redis_and_finds_it_later()
    {
        await using var redis = await RedisServer.StartAsync();
        await redis.StopAsync();
        await using var instance = await SharingInstance.StartAsync(redis.ConnectionString);
        using var limiter = instance.Limiter(5, 600);
        Assert.Equal(5, await AdmittedAsync(limiter, Address));

        await redis.StartAgainAsync();
        await BackAsync(instance);
        var alone = instance.Alone.Count;
        Assert.Equal(5, await AdmittedAsync(limiter, Address));
        Assert.Equal(alone, instance.Alone.Count);
        Assert.Equal(["Warning", "Information"], instance.Log.Select(line => line.Split(' ')[0]));
    }

    [Theory]
    [InlineData(",password=not-the-secret")]
    [InlineData("")]
    public async Task Counts_alone_where_redis_does_not_let_it_in(string credential)
    {
        await using var redis = await RedisServer.StartAsync("--requirepass", "the-secret");
        await using var instance = await SharingInstance.StartAsync(redis.ConnectionString + credential);
        using var limiter = instance.Limiter(5, 600);
        Assert.Equal(5, await AdmittedAsync(limiter, Address));
        var line = Assert.Single(instance.Log);
        Assert.StartsWith("Warning " + Away, line, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", line, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Shares_where_redis_asks_for_a_password_and_allows_little_more_than_the_script()
    {
        await using var redis = await RedisServer.StartAsync();
        await redis.CommandAsync(
            "ACL", "SETUSER", "dcr", "on", ">the-secret", "~grpcdcr:*", "-@all", "+echo", "+eval", "+evalsha", "+script|load", "+time",
            "+mget", "+set");
        await using var instance = await SharingInstance.StartAsync(redis.ConnectionString + ",user=dcr,password=the-secret");
        using var limiter = instance.Limiter(5, 600);
        Assert.Equal(5, await AdmittedAsync(limiter, Address));
        Assert.Empty(instance.Alone);
        Assert.StartsWith("Information Rate limits are shared", Assert.Single(instance.Log), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_caller_that_has_gone_does_not_make_redis_away()
    {
        await using var redis = await RedisServer.StartAsync();
        await using var instance = await SharingInstance.StartAsync(redis.ConnectionString);
        using var limiter = instance.Limiter(5, 600);
        using var gone = new CancellationTokenSource();
        await redis.PauseAsync();
        var call = limiter.AcquireAsync(Address, 1, gone.Token).AsTask();
        await gone.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call);
        await redis.ResumeAsync();
        Assert.Equal(0, instance.Log.Count(line => line.Contains(Away, StringComparison.Ordinal)));
    }

    private static Task BreakAsync(RedisServer redis, string outage) => outage switch
    {
        "stopped" => redis.StopAsync(),
        "hung" => redis.PauseAsync(),
        "paused" => redis.CommandAsync("CLIENT", "PAUSE", "600000", "WRITE"),
        "a replica" => redis.CommandAsync("REPLICAOF", "127.0.0.1", $"{FreePort.Next()}"),
        "full" => redis.CommandAsync("CONFIG", "SET", "maxmemory", "1"),
        _ => throw new ArgumentOutOfRangeException(nameof(outage)),
    };

    private static Task MendAsync(RedisServer redis, string outage) => outage switch
    {
        "stopped" => redis.StartAgainAsync(),
        "hung" => redis.ResumeAsync(),
        "paused" => redis.CommandAsync("CLIENT", "UNPAUSE"),
        "a replica" => redis.CommandAsync("REPLICAOF", "NO", "ONE"),
        "full" => redis.CommandAsync("CONFIG", "SET", "maxmemory", "0"),
        _ => throw new ArgumentOutOfRangeException(nameof(outage)),
    };

    private static async Task<int> AdmittedAsync(PartitionedRateLimiter<IPAddress> limiter, IPAddress address, int tries = 20)
    {
        var admitted = 0;
        for (var i = 0; i < tries; i++)
        {
            using var lease = await limiter.AcquireAsync(address);
            admitted += lease.IsAcquired ? 1 : 0;
        }

        return admitted;
    }

    /// <summary>Lets the instance be asked until it has found Redis. The connection comes back in its own time.</summary>
    private static async Task BackAsync(SharingInstance instance)
    {
        using var probing = instance.Limiter(int.MaxValue, int.MaxValue, "of-the-test");
        var started = Stopwatch.GetTimestamp();
        while (!instance.Log.Any(line => line.Contains(Back, StringComparison.Ordinal)))
        {
            Assert.True(Stopwatch.GetElapsedTime(started) < ComesBack, string.Join('\n', instance.Log));
            instance.Time.Advance(TimeSpan.FromSeconds(1));
            (await probing.AcquireAsync(Address)).Dispose();
            await Task.Delay(20);
        }
    }
}

/// <summary>Tests that measure real time run by themselves.</summary>
[CollectionDefinition(nameof(Timed), DisableParallelization = true)]
public sealed class Timed;
