using GrpcDcr.Server.Endpoints.Grpc;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace GrpcDcr.Server.Hosting;

/// <summary>The health checks of the service. <see cref="Endpoints.Http.HealthEndpoints"/> shows it.</summary>
internal static class HealthExtensions
{
    public static void AddHealth(this IServiceCollection services) => services.AddHealthChecks()
        .AddCheck<StartedHealthCheck>("start", tags: [Endpoints.Http.HealthEndpoints.Started])
        .AddCheck<StoreHealthCheck>(ServiceHealth.Store, tags: [Endpoints.Http.HealthEndpoints.Ready])
        .AddCheck<StoreAnswersCheck>(ServiceHealth.StoreAnswers);
}

/// <summary>Healthy once the store and all listeners are open.</summary>
internal sealed class StartedHealthCheck(IHostApplicationLifetime lifetime) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
        Task.FromResult(lifetime.ApplicationStarted.IsCancellationRequested
            ? HealthCheckResult.Healthy()
            : HealthCheckResult.Unhealthy("The service is starting."));
}
