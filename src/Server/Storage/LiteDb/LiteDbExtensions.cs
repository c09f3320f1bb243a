using GrpcDcr.Server.Storage.LiteDb.Files;
using GrpcDcr.Server.Telemetry;

namespace GrpcDcr.Server.Storage.LiteDb;

/// <summary>Makes the embedded engine the store of the service.</summary>
internal static class LiteDbExtensions
{
    private const int StoppedExitCode = 3;

    public static void AddLiteDbStore(this IServiceCollection services, LiteDbOptions options) =>
        services.AddSingleton<IRegistrationStore>(provider =>
        {
            var store = new LiteDbStore(
                options, provider.GetRequiredService<TimeProvider>(), provider.GetRequiredService<ILogger<LiteDbStore>>())
            {
                Metrics = provider.GetRequiredService<ServiceMetrics>(),
            };

            // After a failed sync only a new process can find out what is on disk.
            var host = provider.GetRequiredService<IHostApplicationLifetime>();
            store.Stopped += () =>
            {
                Environment.ExitCode = StoppedExitCode;
                host.StopApplication();
            };
            return store;
        });
}
