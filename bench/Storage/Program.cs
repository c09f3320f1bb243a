using System.Diagnostics;
using GrpcDcr.Bench.Storage;
using GrpcDcr.Server.Storage.LiteDb.Files;

// Usage: GrpcDcr.Bench.Storage [folder] [seconds per figure]
//        GrpcDcr.Bench.Storage fill <folder of a store> <clients> <file that gets some credentials>
//        GrpcDcr.Bench.Storage pages <folder of a store> <that file>
//        GrpcDcr.Bench.Storage search <empty folder, or connection string of PostgreSQL> <clients>
if (args is ["fill", var filled, var count, var samples])
{
    await Filling.RunAsync(filled, int.Parse(count, System.Globalization.CultureInfo.InvariantCulture), samples);
    return;
}

if (args is ["search", var place, var clients])
{
    await Searching.RunAsync(place, int.Parse(clients, System.Globalization.CultureInfo.InvariantCulture));
    return;
}

if (args is ["pages", var paged, var written])
{
    await Paging.RunAsync(paged, written);
    return;
}

var folder = Path.Combine(args.Length > 0 ? args[0] : Path.GetTempPath(), $"grpcdcr-bench-{Environment.ProcessId}");
var span = TimeSpan.FromSeconds(args.Length > 1 ? double.Parse(args[1], System.Globalization.CultureInfo.InvariantCulture) : 5);
try
{
    System.IO.Directory.CreateDirectory(folder);
    Console.WriteLine($"Processors this process may use: {Environment.ProcessorCount}; {span.TotalSeconds:0.#} s a figure");
    Console.WriteLine($"{"fdatasync of 8 KiB, overwriting",-44}{SyncFloor.PerSecond(folder, span),12:N0} /s");
    await using var bench = await StoreBench.OpenAsync(folder);
    await bench.InsertAsync(64, span, quiet: true);
    foreach (var inFlight in (int[])[1, 16, 64, 256])
    {
        await bench.InsertAsync(inFlight, span, quiet: false);
    }

    await bench.FindAsync("finds, cached", bench.Store, span);
    await bench.ReopenAsync(new LiteDbOptions(folder) { CacheBytes = 0 });
    await bench.FindAsync("finds, uncached", bench.Store, span);
    Console.WriteLine($"{"working set",-44}{Process.GetCurrentProcess().WorkingSet64 / 1048576,12:N0} MiB");
}
finally
{
    System.IO.Directory.Delete(folder, recursive: true);
}
