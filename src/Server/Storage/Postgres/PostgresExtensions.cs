using GrpcDcr.Server.Storage.Postgres.Connections;
using GrpcDcr.Server.Telemetry;

namespace GrpcDcr.Server.Storage.Postgres;

/// <summary>Makes PostgreSQL the store of the service.</summary>
internal static class PostgresExtensions
{
    public static void AddPostgresStore(this IServiceCollection services, PostgresOptions options) =>
        services.AddSingleton<IRegistrationStore>(provider => new PostgresStore(
            options, provider.GetRequiredService<TimeProvider>(), provider.GetRequiredService<ILogger<PostgresStore>>())
        {
            Metrics = provider.GetRequiredService<ServiceMetrics>(),
        });
}
