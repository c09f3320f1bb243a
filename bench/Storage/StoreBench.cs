using System.Security.Cryptography;
using GrpcDcr.Server.Model;
using GrpcDcr.Server.Storage;
using GrpcDcr.Server.Storage.LiteDb;
using Microsoft.Extensions.Logging.Abstractions;

namespace GrpcDcr.Bench.Storage;

/// <summary>Durable inserts and reads by identifier, beside the rate at which the disk syncs in the same run.</summary>
internal sealed class StoreBench(string folder, TimeSpan duration)
{
    private const int ReadsAtOnce = 1000;

    private readonly TimeProvider time = TimeProvider.System;
    private readonly List<ClientId> added = [];

    public async Task RunAsync()
    {
        Console.WriteLine($"processors {Environment.ProcessorCount}, {duration.TotalSeconds} s for each figure, {folder}");
        var floor = SyncFloor();
        Print("fdatasync of a rewritten 8 KiB block", floor, "/s");
        await InsertAsync(64, TimeSpan.FromSeconds(2), null);
        foreach (var inFlight in new[] { 1, 64, 256 })
        {
            await InsertAsync(inFlight, duration, floor);
        }

        Print("the same fdatasync, at the end", SyncFloor(), "/s");
        await ReadAsync("cached reads", cacheBytes: 1L << 30, ids: 2000);
        await ReadAsync("uncached reads", cacheBytes: 0, ids: added.Count);
    }

    private async Task InsertAsync(int inFlight, TimeSpan how, double? floor)
    {
        await using var store = await OpenAsync(64 * 1024 * 1024);
        var before = GC.GetTotalAllocatedBytes(precise: true);
        var used = Environment.CpuUsage.TotalTime;
        var start = time.GetTimestamp();
        var latencies = await Task.WhenAll(Enumerable.Range(0, inFlight).Select(_ => Task.Run(() => InsertAsync(store, start, how))));
        var elapsed = time.GetElapsedTime(start).TotalSeconds;
        var all = latencies.SelectMany(l => l).Order().ToList();
        if (floor is { } syncs)
        {
            var rate = all.Count / elapsed;
            var processor = (Environment.CpuUsage.TotalTime - used).TotalMicroseconds / all.Count;
            var allocated = (GC.GetTotalAllocatedBytes(precise: true) - before) / 1024.0 / all.Count;
            Print($"durable inserts, {inFlight} in flight", rate,
                $"/s  x{rate / syncs:0.0} of the syncs  p50 {all[all.Count / 2]:0.00} ms  p99 {all[all.Count * 99 / 100]:0.00} ms"
                + $"  {processor:0} us of processor and {allocated:0} KB allocated each");
        }
    }

    private async Task<List<double>> InsertAsync(IRegistrationStore store, long start, TimeSpan how)
    {
        var latencies = new List<double>();
        while (time.GetElapsedTime(start) < how)
        {
            var client = Sample.Client(new ClientId(Guid.CreateVersion7(time.GetUtcNow())), time.GetUtcNow());
            var begun = time.GetTimestamp();
            await store.AddAsync(client, Sample.Registered(client), CancellationToken.None);
            latencies.Add(time.GetElapsedTime(begun).TotalMilliseconds);
            lock (added)
            {
                added.Add(client.Id);
            }
        }

        return latencies;
    }

    private async Task ReadAsync(string name, long cacheBytes, int ids)
    {
        await using var store = await OpenAsync(cacheBytes);
        var reads = 0;
        for (var i = 0; i < ids && i < ReadsAtOnce * 10; i++)
        {
            await store.FindAsync(added[i], CancellationToken.None);
        }

        var start = time.GetTimestamp();
        while (time.GetElapsedTime(start) < duration)
        {
            for (var i = 0; i < ReadsAtOnce; i++, reads++)
            {
                var id = added[RandomNumberGenerator.GetInt32(ids)];
                _ = await store.FindAsync(id, CancellationToken.None) ?? throw new InvalidOperationException($"{id} is gone.");
            }
        }

        Print($"{name} of {ids} clients, one reader", reads / time.GetElapsedTime(start).TotalSeconds, "/s");
    }

    private async Task<IRegistrationStore> OpenAsync(long cacheBytes)
    {
        var options = new LiteDbOptions(Path.Combine(folder, "store")) { CacheBytes = cacheBytes };
        var store = new LiteDbStore(options, time, NullLogger.Instance);
        await store.OpenAsync(CancellationToken.None);
        return store;
    }

    private double SyncFloor()
    {
        const int BlockSize = 8192;
        const int Blocks = 512;
        var name = Guid.CreateVersion7(time.GetUtcNow()).ToString();
        using var file = new DiskFiles(folder).Create(name, [], BlockSize * Blocks);
        var block = RandomNumberGenerator.GetBytes(BlockSize);
        var syncs = 0;
        var start = time.GetTimestamp();
        for (; time.GetElapsedTime(start) < duration / 2; syncs++)
        {
            file.Write(block, (long)(syncs % Blocks) * BlockSize);
            file.Sync();
        }

        return syncs / time.GetElapsedTime(start).TotalSeconds;
    }

    private static void Print(string name, double rate, string rest) => Console.WriteLine($"{name,-42}{rate,12:#,0} {rest}");
}
