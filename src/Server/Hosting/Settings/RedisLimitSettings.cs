using GrpcDcr.Server.Admission.Redis;

namespace GrpcDcr.Server.Hosting.Settings;

/// <summary>Where calls are counted.</summary>
internal enum LimitStore
{
    /// <summary>Each instance counts by itself.</summary>
    Memory,

    /// <summary>All instances count together, in Redis.</summary>
    Redis,
}

/// <summary>Reads where rate limits are shared.</summary>
internal static class RedisLimitSettings
{
    /// <summary>The section below <c>RateLimit</c> that is read here.</summary>
    public const string Apart = "Redis";

    private const string StoreKey = RateLimitOptions.Section + ":" + nameof(RateLimitOptions.Store);

    /// <returns><see langword="null"/> where they are not shared.</returns>
    public static RedisLimitOptions? Read(IConfiguration configuration, List<string> problems)
    {
        var options = SettingsSection.Read<RedisLimitOptions>(configuration, RedisLimitOptions.Section, problems);
        if (string.Equals(configuration[StoreKey], nameof(LimitStore.Redis), StringComparison.OrdinalIgnoreCase))
        {
            problems.AddRange(options.Problems());
            return options;
        }

        if (options.ConnectionString.Length > 0)
        {
            problems.Add($"{RedisLimitOptions.Section}:ConnectionString is set, but {StoreKey} is not Redis: calls would be counted by each instance.");
        }

        return null;
    }
}
