using GrpcDcr.Server.Storage;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace GrpcDcr.Server.Hosting;

/// <summary>Healthy while the store answers and accepts changes.</summary>
internal sealed class StoreHealthCheck(IRegistrationStore store) : IHealthCheck
{
    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        var health = await store.CheckAsync(cancellationToken);
        return health.Ready ? HealthCheckResult.Healthy() : HealthCheckResult.Unhealthy(health.Description);
    }
}

/// <summary>Healthy while the store answers, even if it does not accept changes.</summary>
internal sealed class StoreAnswersCheck(IRegistrationStore store) : IHealthCheck
{
    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        var health = await store.CheckAsync(cancellationToken);
        return health.Answers ? HealthCheckResult.Healthy() : HealthCheckResult.Unhealthy(health.Description);
    }
}
