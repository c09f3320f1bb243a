using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;

namespace GrpcDcr.Bench.Load.Measuring;

/// <summary>Where the figures were taken.</summary>
internal static class Machine
{
    private const int BlockBytes = 4096;

    public static string Describe(string folder)
    {
        var model = File.ReadLines("/proc/cpuinfo").FirstOrDefault(line => line.StartsWith("model name", StringComparison.Ordinal));
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{model?.Split(':')[1].Trim()}, {Environment.ProcessorCount} core(s) for this program, {RuntimeInformation.OSDescription}, "
                + $"{RuntimeInformation.FrameworkDescription}; data on {FormatOf(folder)}, {SyncsPerSecond(folder):N0} synced 4 KiB "
                + $"overwrites a second");
    }

    public static string FormatOf(string folder) =>
        DriveInfo.GetDrives()
            .Where(drive => folder.StartsWith(drive.Name, StringComparison.Ordinal))
            .MaxBy(drive => drive.Name.Length)!.DriveFormat;

    /// <summary>What the disk can do at best: no store that syncs each change by itself is faster.</summary>
    private static double SyncsPerSecond(string folder)
    {
        var path = Path.Combine(folder, "probe");
        using var file = File.OpenHandle(path, FileMode.Create, FileAccess.Write, FileShare.None, FileOptions.DeleteOnClose);
        var block = new byte[BlockBytes];
        var start = Stopwatch.GetTimestamp();
        var count = 0;
        while (Stopwatch.GetElapsedTime(start) < TimeSpan.FromSeconds(1))
        {
            RandomAccess.Write(file, block, 0);
            RandomAccess.FlushToDisk(file);
            count++;
        }

        return count / Stopwatch.GetElapsedTime(start).TotalSeconds;
    }
}
