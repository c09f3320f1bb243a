using GrpcDcr.Server.Storage;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace GrpcDcr.Server.Hosting;

/// <summary>Ready means: the store answers and takes changes.</summary>
internal sealed class StoreHealthCheck(IRegistrationStore store) : IHealthCheck
{
    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        var health = await store.CheckAsync(cancellationToken);
        return health.Ready ? HealthCheckResult.Healthy() : HealthCheckResult.Unhealthy(health.Description);
    }
}

/// <summary>What needs no more than answers works while the store takes no changes.</summary>
internal sealed class StoreAnswersCheck(IRegistrationStore store) : IHealthCheck
{
    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        var health = await store.CheckAsync(cancellationToken);
        return health.Answers ? HealthCheckResult.Healthy() : HealthCheckResult.Unhealthy(health.Description);
    }
}
