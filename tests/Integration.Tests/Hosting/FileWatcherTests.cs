using GrpcDcr.Integration.Tests.Admission;
using GrpcDcr.Server.Hosting.Settings;
using GrpcDcr.TestKit.Service;

namespace GrpcDcr.Integration.Tests.Hosting;

/// <summary>Settings files are watched. Linux allows a user 128 watchers by default, so none may outlive its service.</summary>
[Collection(nameof(Timed))]
public sealed class FileWatcherTests
{
    [Fact]
    public async Task A_service_that_has_stopped_watches_no_file()
    {
        var before = CountWatchers();

        await using (await RunningServer.StartAsync())
        {
            Assert.True(!OperatingSystem.IsLinux() || CountWatchers() > before);
        }

        await Eventually.HoldsAsync(() => Task.FromResult(CountWatchers() == before));
    }

    [Fact]
    public async Task A_service_whose_settings_are_refused_watches_no_file()
    {
        var before = CountWatchers();

        await Assert.ThrowsAsync<SettingsException>(() => RunningServer.StartAsync("PublicBaseUrl=nonsense"));

        await Eventually.HoldsAsync(() => Task.FromResult(CountWatchers() == before));
    }

    /// <summary>Of this process; zero where the operating system does not say.</summary>
    private static int CountWatchers() => OperatingSystem.IsLinux()
        ? System.IO.Directory.EnumerateFileSystemEntries("/proc/self/fd").Count(IsWatcher)
        : 0;

    private static bool IsWatcher(string descriptor)
    {
        try
        {
            return File.ResolveLinkTarget(descriptor, returnFinalTarget: false)?.Name.Contains("inotify", StringComparison.Ordinal) == true;
        }
        catch (IOException)
        {
            // Closed in between.
            return false;
        }
    }
}
