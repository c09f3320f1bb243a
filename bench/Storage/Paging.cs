using System.Diagnostics;
using System.Globalization;
using GrpcDcr.Server.Model;
using GrpcDcr.Server.Storage.LiteDb;
using GrpcDcr.Server.Storage.LiteDb.Files;
using Microsoft.Extensions.Logging.Abstractions;

namespace GrpcDcr.Bench.Storage;

/// <summary>How long a page of pending clients takes, at the start, in the middle and at the end. To be run on a filled store.</summary>
internal static class Paging
{
    private const int PageSize = 50;
    private const int Times = 101;

    /// <param name="folder">Of the store.</param>
    /// <param name="samples">The file that filling it wrote: clients from its first to its last.</param>
    public static async Task RunAsync(string folder, string samples)
    {
        await using var store = new LiteDbStore(new LiteDbOptions(folder), TimeProvider.System, NullLogger.Instance);
        await store.OpenAsync(CancellationToken.None);
        var ids = File.ReadLines(samples).Select(line => Guid.Parse(line.Split(' ')[0])).ToArray();
        await MedianAsync(store, "start", null);
        await MedianAsync(store, "middle", ids[ids.Length / 2]);
        await MedianAsync(store, "end", ids[^(ids.Length / 100)]);
    }

    private static async Task MedianAsync(LiteDbStore store, string where, Guid? behind)
    {
        var after = behind is { } id ? new PageToken(id.ToByteArray(bigEndian: true)) : null;
        var times = new List<double>();
        var count = 0;
        for (var i = 0; i < Times; i++)
        {
            var start = Stopwatch.GetTimestamp();
            var page = await store.ListAsync(
                new ClientFilter(ClientState.Pending), new PageRequest(PageSize, after), CancellationToken.None);
            times.Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
            count = page.Items.Count;
        }

        times.Sort();
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{where}\t{times[Times / 2]:F2} ms for {count}"));
    }
}
