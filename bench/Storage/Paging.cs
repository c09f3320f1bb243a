using System.Diagnostics;
using System.Globalization;
using GrpcDcr.Server.Model;
using GrpcDcr.Server.Storage.LiteDb;
using Microsoft.Extensions.Logging.Abstractions;

namespace GrpcDcr.Bench.Storage;

/// <summary>How long a page of pending clients takes, at the start, in the middle and at the end. To be run on a filled store.</summary>
internal static class Paging
{
    private const int PageSize = 50;
    private const int Times = 101;

    public static async Task RunAsync(string folder)
    {
        await using var store = new LiteDbStore(new LiteDbOptions(folder), TimeProvider.System, NullLogger.Instance);
        await store.OpenAsync(CancellationToken.None);
        var first = await FirstAsync(store, after: null);
        var last = Guid.CreateVersion7();
        await MedianAsync(store, "start", null);
        await MedianAsync(store, "middle", Between(first, last, 0.5));
        await MedianAsync(store, "end", Between(first, last, 0.999));

        static async Task<Guid> FirstAsync(LiteDbStore store, PageToken? after) =>
            (await store.ListAsync(ClientState.Pending, new PageRequest(1, after), CancellationToken.None)).Items[0].Id.Value;
    }

    private static async Task MedianAsync(LiteDbStore store, string where, PageToken? after)
    {
        var times = new List<double>();
        var count = 0;
        for (var i = 0; i < Times; i++)
        {
            var start = Stopwatch.GetTimestamp();
            var page = await store.ListAsync(ClientState.Pending, new PageRequest(PageSize, after), CancellationToken.None);
            times.Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
            count = page.Items.Count;
        }

        times.Sort();
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{where}\t{times[Times / 2]:F2} ms for {count}"));
    }

    /// <summary>Identifiers begin with their time, in milliseconds: a share of the time from one to the other.</summary>
    private static PageToken Between(Guid first, Guid last, double share)
    {
        var (from, to) = (MillisecondsOf(first), MillisecondsOf(last));
        var id = Guid.CreateVersion7(DateTimeOffset.FromUnixTimeMilliseconds(from + (long)((to - from) * share)));
        return new PageToken(id.ToByteArray(bigEndian: true));
    }

    private static long MillisecondsOf(Guid id) =>
        long.Parse(id.ToString("N").AsSpan(0, 12), NumberStyles.HexNumber, CultureInfo.InvariantCulture);
}
