using System.Diagnostics;
using GrpcDcr.Server.Storage.LiteDb.Files;
using GrpcDcr.Server.Storage.LiteDb.PageLog;

namespace GrpcDcr.Bench.Storage;

/// <summary>What the disk allows: one page overwritten and synced, again and again.</summary>
internal static class SyncFloor
{
    public static double PerSecond(string folder, TimeSpan span)
    {
        const int Pages = 1024;
        var page = new byte[WalFrame.PageSize];
        using var file = new DiskFiles(folder).Create("floor", [], Pages * page.Length);
        var clock = Stopwatch.StartNew();
        var count = 0;
        for (; clock.Elapsed < span; count++)
        {
            file.Write(page, count % Pages * page.Length);
            file.Sync();
        }

        return count / clock.Elapsed.TotalSeconds;
    }
}
