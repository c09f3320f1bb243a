using GrpcDcr.Server.Telemetry;

namespace GrpcDcr.Server.Admission.Redis;

/// <summary>Rate limits that instances share.</summary>
internal static class RedisLimitsExtensions
{
    /// <summary>Replaces the local limiters.</summary>
    public static void AddSharedLimits(this IServiceCollection services, RedisLimitOptions options, AdmissionOptions admission)
    {
        services.AddSingleton(options);
        services.AddSingleton<RedisConnection>();
        services.AddSingleton<RedisBudgets>();
        services.AddHostedService(provider => provider.GetRequiredService<RedisBudgets>());
        services.AddSingleton(provider => RegistrationLimiters.Of(
            admission, provider.GetRequiredService<ServiceMetrics>(), (name, limit, globalLimit) => new RedisWindow(
            name,
            limit,
            globalLimit,
            provider.GetRequiredService<RedisBudgets>(),
            options,
            provider.GetRequiredService<ServiceMetrics>(),
            provider.GetRequiredService<TimeProvider>())));
    }
}
