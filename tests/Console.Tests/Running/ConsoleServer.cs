using GrpcDcr.TestKit.Service;

namespace GrpcDcr.Console.Tests.Running;

/// <summary>The service with its console, which other tests leave out.</summary>
internal static class ConsoleServer
{
    private const string Enabled = "Console:Enabled=true";

    public static Task<RunningServer> StartAsync(params string[] settings) => RunningServer.StartAsync([Enabled, .. settings]);

    public static Task<RunningServer> StartInAsync(string folder, params string[] settings) =>
        RunningServer.StartInAsync(folder, [Enabled, .. settings]);
}
