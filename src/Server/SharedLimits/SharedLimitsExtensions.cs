using GrpcDcr.Server.Registration.Admission;

namespace GrpcDcr.Server.SharedLimits;

/// <summary>Rate limits that instances share.</summary>
internal static class SharedLimitsExtensions
{
    /// <summary>Takes the place of the limiters that came before.</summary>
    public static void AddSharedLimits(this IServiceCollection services, SharedLimitOptions options, AdmissionOptions admission)
    {
        services.AddSingleton(options);
        services.AddSingleton<RedisLink>();
        services.AddSingleton<SharedLimitMetrics>();
        services.AddSingleton<SharedBudgets>();
        services.AddHostedService(provider => provider.GetRequiredService<SharedBudgets>());
        services.AddSingleton(provider => RegistrationLimiters.Of(admission, (name, limit, globalLimit) => new SharedWindow(
            name,
            limit,
            globalLimit,
            provider.GetRequiredService<SharedBudgets>(),
            options,
            provider.GetRequiredService<SharedLimitMetrics>(),
            provider.GetRequiredService<TimeProvider>())));
    }
}
