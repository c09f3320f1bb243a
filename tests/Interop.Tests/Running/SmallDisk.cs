using System.Diagnostics;
using GrpcDcr.TestKit.Running;

namespace GrpcDcr.Interop.Tests.Running;

/// <summary>A file system of its own at a folder, as large as it is told; unmounted when disposed. Only root may mount one.</summary>
internal sealed class SmallDisk : IAsyncDisposable
{
    private readonly string _path;

    private SmallDisk(string path) => _path = path;

    private string Filler => Path.Combine(_path, "filler");

    public static async Task<SmallDisk> MountAsync(string path, int mebibytes)
    {
        Require();
        System.IO.Directory.CreateDirectory(path);
        await RunAsync("mount", "-t", "tmpfs", "-o", $"size={mebibytes}m", "tmpfs", path);
        return new SmallDisk(path);
    }

    /// <summary>Shows a folder at the same place, but does not let anyone write to it.</summary>
    public static async Task<SmallDisk> MountReadOnlyAsync(string path)
    {
        Require();
        await RunAsync("mount", "--bind", path, path);
        await RunAsync("mount", "-o", "remount,ro,bind", path);
        return new SmallDisk(path);
    }

    /// <summary>Takes all the room that is left.</summary>
    public void Fill()
    {
        using var file = new FileStream(Filler, FileMode.Create, FileAccess.Write, FileShare.None, bufferSize: 0);
        try
        {
            while (true)
            {
                file.Write(new byte[4096]);
            }
        }
        catch (IOException)
        {
            // Full.
        }
    }

    /// <summary>Gives it back.</summary>
    public void Empty() => File.Delete(Filler);

    public async ValueTask DisposeAsync() => await RunAsync("umount", "-l", _path);

    private static void Require()
    {
        if (!OperatingSystem.IsLinux() || Environment.UserName != "root")
        {
            throw Required.Missing(
                "A full disk and a read-only folder are not tested: only root may mount file systems. Run the tests as root.");
        }
    }

    private static async Task RunAsync(string program, params string[] arguments)
    {
        using var process = Process.Start(program, arguments);
        await process.WaitForExitAsync();
        Assert.Equal(0, process.ExitCode);
    }
}
