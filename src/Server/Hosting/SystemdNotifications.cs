using Microsoft.Extensions.Hosting.Systemd;

namespace GrpcDcr.Server.Hosting;

/// <summary>
/// Tells systemd (<c>Type=notify</c>) that the service is ready once it listens and the store is open, and that it stops. Without
/// <c>NOTIFY_SOCKET</c> nothing is sent.
/// </summary>
/// <remarks>
/// <c>AddSystemd</c> would say ready while the database is still away, and would find no systemd in a unit with
/// <c>ProtectProc=invisible</c>, which hides the parent process that it looks at.
/// </remarks>
internal sealed class SystemdNotifications(ISystemdNotifier systemd, StoreLifetime store, IHostApplicationLifetime host) : IHostedService
{
    private static readonly ServiceState WaitsForStore = new("STATUS=Waiting for the store");
    private static readonly ServiceState IsReady = new("READY=1\nSTATUS=Ready");

    public Task StartAsync(CancellationToken cancellationToken)
    {
        if (systemd.IsEnabled)
        {
            host.ApplicationStarted.Register(() => _ = NotifyWhenReadyAsync());
            host.ApplicationStopping.Register(() => systemd.Notify(ServiceState.Stopping));
        }

        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private async Task NotifyWhenReadyAsync()
    {
        if (!store.Opened.IsCompleted)
        {
            systemd.Notify(WaitsForStore);
        }

        await store.Opened;
        systemd.Notify(IsReady);
    }
}

/// <summary>Adds the notifications of systemd.</summary>
internal static class SystemdExtensions
{
    public static void AddSystemdNotifications(this IServiceCollection services)
    {
        services.AddSingleton<ISystemdNotifier, SystemdNotifier>();
        services.AddHostedService<SystemdNotifications>();
    }
}
