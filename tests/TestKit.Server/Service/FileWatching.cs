using System.Runtime.CompilerServices;

namespace GrpcDcr.TestKit.Service;

/// <summary>Dozens of services run in one test process, and Linux allows 128 file watchers a user: here files are polled.</summary>
internal static class FileWatching
{
    [ModuleInitializer]
    internal static void Poll() => Environment.SetEnvironmentVariable("DOTNET_USE_POLLING_FILE_WATCHER", "1");
}
