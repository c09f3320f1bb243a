using System.Globalization;
using System.Net;
using System.Threading.RateLimiting;
using GrpcDcr.TestKit.Running;
using Microsoft.Extensions.Time.Testing;

namespace GrpcDcr.Server.Tests.Admission.Redis;

/// <summary>The limiter that counts in Redis: the contract, that instances share it, and what is left in Redis.</summary>
public sealed class SharedWindowTests(OwnRedis redis) : LimiterContract, IClassFixture<OwnRedis>, IAsyncLifetime
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly List<SharingInstance> _instances = [];
    private readonly string _prefix = redis.NextPrefix();
    private RedisServer _server = null!;
    private int _made;

    protected override TimeSpan Tick => TimeSpan.FromMilliseconds(1);

    protected override int Samples => 50;

    public async ValueTask InitializeAsync() => _server = await redis.StartedAsync();

    public async ValueTask DisposeAsync()
    {
        Assert.Empty(_instances.SelectMany(instance => instance.Alone));
        foreach (var instance in _instances)
        {
            await instance.DisposeAsync();
        }
    }

    [Fact]
    public async Task Instances_share_one_budget()
    {
        using var one = (await InstanceAsync()).Limiter(5, 8);
        using var other = (await InstanceAsync()).Limiter(5, 8);
        Assert.Equal(3, await AdmittedAsync(one, Address, 3));
        Assert.Equal(2, await AdmittedAsync(other, Address, 20));
        Assert.Equal(0, await AdmittedAsync(one, Address, 20));
        Assert.Equal(3, await AdmittedAsync(one, IPAddress.Parse("192.0.2.9"), 20));
        Assert.Equal(0, await AdmittedAsync(other, IPAddress.Parse("192.0.2.8"), 20));
    }

    [Fact]
    public async Task Instances_that_race_admit_no_more_than_one_would()
    {
        using var one = (await InstanceAsync()).Limiter(5, 12);
        using var other = (await InstanceAsync()).Limiter(5, 12);
        var (ofAddress, ofAll) = (0, 0);
        await Parallel.ForAsync(0, 1000, new ParallelOptions { MaxDegreeOfParallelism = 32 }, async (n, _) =>
        {
            Interlocked.Add(ref ofAddress, await AcquireAsync(n % 2 == 0 ? one : other, Address) ? 1 : 0);
            Interlocked.Add(ref ofAll, await AcquireAsync(n % 2 == 0 ? one : other, new IPAddress(n + 1L)) ? 1 : 0);
        });
        Assert.Equal((5, 7), (ofAddress, ofAll));
    }

    /// <summary>Without a time of the tests it is Redis's: what the clock of an instance says changes nothing.</summary>
    [Fact]
    public async Task An_instance_with_a_wrong_clock_shares_the_budget_all_the_same()
    {
        using var one = (await InstanceAsync(byRedis: true)).Limiter(5, Unlimited);
        var late = await InstanceAsync(byRedis: true);
        late.Time.Advance(TimeSpan.FromDays(1));
        using var other = late.Limiter(5, Unlimited);
        Assert.Equal(5, await AdmittedAsync(one, Address, 6));
        Assert.Equal(0, await AdmittedAsync(other, Address, 6));
    }

    [Fact]
    public async Task Brings_no_budget_back_when_the_clock_of_redis_is_set_back()
    {
        var late = new FakeTimeProvider(Time.GetUtcNow() - TimeSpan.FromSeconds(70));
        using var before = await NewAsync(5, Unlimited);
        using var after = (await InstanceAsync(late)).Limiter(5, Unlimited, Named(1));
        Assert.Equal(3, await AdmittedAsync(before, Address, 3));
        Assert.Equal(2, await AdmittedAsync(after, Address, 6));

        // Half of what a minute before admitted would come back here.
        Time.Advance(TimeSpan.FromSeconds(30));
        Assert.Equal(0, await AdmittedAsync(before, Address, 6));
    }

    [Fact]
    public async Task Counts_each_budget_apart()
    {
        var instance = await InstanceAsync();
        foreach (var name in new[] { "registration", "management", "failed-management" })
        {
            using var limiter = instance.Limiter(2, 2, name);
            Assert.Equal(2, await AdmittedAsync(limiter, Address, 3));
        }

        Assert.Equal(6, (await KeysAsync()).Count);
    }

    [Fact]
    public async Task Writes_keys_that_say_what_they_count_and_expire()
    {
        using var limiter = (await InstanceAsync()).Limiter(5, Unlimited);
        await AdmittedAsync(limiter, Address, 7);
        await AdmittedAsync(limiter, IPAddress.Parse("2001:db8:1:2:3:4:5:6"), 1);

        var keys = await KeysAsync();
        Assert.Equal(
            [
                $"{_prefix}{{registration}}:192.0.2.1", $"{_prefix}{{registration}}:2001:db8:1:2::/64",
                $"{_prefix}{{registration}}:2001:db8:1::/48", $"{_prefix}{{registration}}:2001:db8:1::/56",
                $"{_prefix}{{registration}}:all",
            ],
            keys.Order(StringComparer.Ordinal));
        foreach (var key in keys)
        {
            var left = int.Parse(Assert.Single(await _server.CommandAsync("PTTL", key)), CultureInfo.InvariantCulture);
            Assert.InRange(left, 1, 120_000);
        }
    }

    [Fact]
    public async Task A_refused_call_writes_nothing()
    {
        using var limiter = (await InstanceAsync()).Limiter(5, 50);
        foreach (var address in Distinct(2000))
        {
            await AcquireAsync(limiter, address);
        }

        // The callers that were admitted, and the count of all.
        Assert.Equal(51, (await KeysAsync()).Count);
    }

    [Fact]
    public async Task Goes_on_when_redis_has_forgotten_the_script()
    {
        using var limiter = await NewAsync(5, Unlimited);
        Assert.Equal(2, await AdmittedAsync(limiter, Address, 2));
        await _server.CommandAsync("SCRIPT", "FLUSH");
        Assert.Equal(3, await AdmittedAsync(limiter, Address, 9));
    }

    protected override async Task<PartitionedRateLimiter<IPAddress>> NewAsync(int limit, int globalLimit)
    {
        var instance = _instances.Count > 0 ? _instances[0] : await InstanceAsync();
        return instance.Limiter(limit, globalLimit, Named(++_made));
    }

    private static string Named(int number) => $"budget-{number}";

    private Task<SharingInstance> InstanceAsync(bool byRedis = false) => InstanceAsync(byRedis ? null : Time);

    private async Task<SharingInstance> InstanceAsync(FakeTimeProvider? time)
    {
        _instances.Add(await SharingInstance.StartAsync(_server.ConnectionString, _prefix, time, Patience));
        return _instances[^1];
    }

    /// <summary>All keys of this test but those that only find out whether Redis is there.</summary>
    private async Task<List<string>> KeysAsync() =>
        [.. (await _server.CommandAsync("KEYS", _prefix + "*")).Where(key => !key.Contains("{probe}", StringComparison.Ordinal))];
}
