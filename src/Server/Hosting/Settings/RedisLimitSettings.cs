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
    /// <returns><see langword="null"/> if they are not shared.</returns>
    public static RedisLimitOptions? Read(SettingsReader reader, LimitStore store)
    {
        var options = reader.Read<RedisLimitOptions>(RedisLimitOptions.Section);
        if (store == LimitStore.Redis)
        {
            reader.AddRange(options.Problems());
            return options;
        }

        if (options.ConnectionString.Length > 0)
        {
            reader.Add(
                $"{RateLimitOptions.Section}:{nameof(RateLimitOptions.Store)}", $"{store}",
                $"Redis if {RedisLimitOptions.Section}:{nameof(options.ConnectionString)} is set, "
                + "because each instance would count by itself otherwise");
        }

        return null;
    }
}
