using GrpcDcr.Server.Hosting.Settings;

namespace GrpcDcr.Server.Hosting.Commands.Doctor;

/// <summary>Whether the service runs and is ready.</summary>
internal static class ServiceCheck
{
    public static async Task<Finding[]> FindAsync(ServerSettings settings, CancellationToken cancellationToken)
    {
        try
        {
            await HealthCheckCommand.RunAsync(settings.Listeners, TextWriter.Null, cancellationToken);
            return [Finding.Good("it is ready.")];
        }
        catch (HealthCheckException e)
        {
            return [Finding.Warning(e.Message)];
        }
    }
}
