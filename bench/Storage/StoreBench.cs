using System.Collections.Concurrent;
using System.Diagnostics;
using GrpcDcr.Server.Model;
using GrpcDcr.Server.Storage.LiteDb;
using GrpcDcr.Server.Storage.LiteDb.Files;
using Microsoft.Extensions.Logging.Abstractions;

namespace GrpcDcr.Bench.Storage;

/// <summary>Measures one store: closed loops of so many callers, each with one change or question at a time.</summary>
internal sealed class StoreBench : IAsyncDisposable
{
    private readonly ConcurrentBag<ClientId> _ids = [];

    private StoreBench(LiteDbStore store) => Store = store;

    public LiteDbStore Store { get; private set; }

    public static async Task<StoreBench> OpenAsync(string folder)
    {
        var bench = new StoreBench(New(new LiteDbOptions(folder)));
        await bench.Store.OpenAsync(CancellationToken.None);
        return bench;
    }

    public async Task ReopenAsync(LiteDbOptions options)
    {
        await Store.DisposeAsync();
        Store = New(options);
        await Store.OpenAsync(CancellationToken.None);
    }

    public async Task InsertAsync(int inFlight, TimeSpan span, bool quiet)
    {
        var latencies = new ConcurrentBag<List<double>>();
        var (clock, cpu, allocated) = (Stopwatch.StartNew(), Process.GetCurrentProcess().TotalProcessorTime, GC.GetTotalAllocatedBytes());
        await Task.WhenAll(Enumerable.Range(0, inFlight).Select(_ => Task.Run(async () =>
        {
            var mine = new List<double>();
            while (clock.Elapsed < span)
            {
                var start = Stopwatch.GetTimestamp();
                var client = SampleClient.New();
                await Store.AddAsync(client, new ConsumedCredentials(), SampleClient.Registered(client), CancellationToken.None);
                mine.Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
                _ids.Add(client.Id);
            }

            latencies.Add(mine);
        })));
        if (quiet)
        {
            return;
        }

        var all = latencies.SelectMany(l => l).Order().ToArray();
        cpu = Process.GetCurrentProcess().TotalProcessorTime - cpu;
        Console.WriteLine(
            $"{$"durable inserts, {inFlight} in flight",-44}{all.Length / clock.Elapsed.TotalSeconds,12:N0} /s"
            + $"   p50 {all[all.Length / 2]:0.00} ms  p99 {all[all.Length * 99 / 100]:0.00} ms"
            + $"   {cpu.TotalMicroseconds / all.Length:0.0} us CPU and {(GC.GetTotalAllocatedBytes() - allocated) / all.Length:N0} bytes "
                + $"each");
    }

    public async Task FindAsync(string what, LiteDbStore store, TimeSpan span)
    {
        // Few enough for the cache to hold, spread over all that were inserted.
        var some = _ids.Where((_, i) => i % Math.Max(1, _ids.Count / 10_000) == 0).ToArray();
        foreach (var id in some)
        {
            await store.FindAsync(id, CancellationToken.None);
        }

        var clock = Stopwatch.StartNew();
        var count = 0L;
        while (clock.Elapsed < span)
        {
            for (var i = 0; i < 100; i++, count++)
            {
                await store.FindAsync(some[count % some.Length], CancellationToken.None);
            }
        }

        Console.WriteLine($"{$"{what}, of {_ids.Count:N0} clients",-44}{count / clock.Elapsed.TotalSeconds,12:N0} /s");
    }

    public ValueTask DisposeAsync() => Store.DisposeAsync();

    private static LiteDbStore New(LiteDbOptions options) => new(options, TimeProvider.System, NullLogger.Instance);
}
