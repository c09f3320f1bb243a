using System.Net.Sockets;
using System.Runtime.InteropServices;
using GrpcDcr.Server.Hosting.Settings;
using GrpcDcr.Server.Storage;
using Microsoft.AspNetCore.Connections;

namespace GrpcDcr.Server.Hosting.Commands;

/// <summary><c>serve</c>: runs the service until it is asked to stop.</summary>
internal static class ServeCommand
{
    /// <summary>Ends without an exception when it is asked to stop, also while it starts.</summary>
    /// <param name="read">Reads the configuration: for the start, and again for each SIGHUP.</param>
    /// <exception cref="SettingsException">The configuration is not acceptable.</exception>
    /// <exception cref="StorageException">The store cannot be opened.</exception>
    public static async Task RunAsync(Func<ServerConfiguration> read)
    {
        var configuration = read();
        await using var app = Build(configuration);
        using var hangUp = ReloadOnHangUp(app, read, configuration.Read([]));
        var stopping = app.Lifetime.ApplicationStopping;
        var store = app.Services.GetRequiredService<StoreLifetime>();
        try
        {
            await app.RunAsync();
            if (store.Failure is { } failure)
            {
                throw new StorageException(failure.Failure, failure.Message, failure);
            }
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            // Stopped while it started.
        }
        catch (Exception e) when (e is SocketException or { InnerException: AddressInUseException })
        {
            // Taken by another process since the addresses were checked.
            throw new SettingsException([$"Kestrel:Endpoints: {e.Message}"]);
        }
    }

    /// <summary>Windows has no such signal: closing the console must end the program there.</summary>
    private static PosixSignalRegistration? ReloadOnHangUp(WebApplication app, Func<ServerConfiguration> read, SettingSources started)
    {
        if (OperatingSystem.IsWindows())
        {
            return null;
        }

        var reload = ActivatorUtilities.CreateInstance<Reload>(app.Services, read, started, (IConfigurationRoot)app.Configuration);
        return PosixSignalRegistration.Create(PosixSignal.SIGHUP, signal =>
        {
            signal.Cancel = true;
            reload.Run();
        });
    }

    /// <summary>Nothing has to be closed before the host runs and handles the signal itself.</summary>
    private static WebApplication Build(ServerConfiguration configuration)
    {
        using var term = PosixSignalRegistration.Create(PosixSignal.SIGTERM, _ => Environment.Exit(0));
        return ServerApplication.Build(configuration);
    }
}
