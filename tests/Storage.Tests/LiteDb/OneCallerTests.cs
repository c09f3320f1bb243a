using GrpcDcr.Server.Model;
using GrpcDcr.Server.Storage.LiteDb;
using GrpcDcr.Server.Storage.LiteDb.Files;
using GrpcDcr.Storage.Tests.Samples;

namespace GrpcDcr.Storage.Tests.LiteDb;

/// <summary>LiteDB answers two readers at once with each other's documents, so a second one waits for the first.</summary>
public sealed class OneCallerTests
{
    [Fact]
    public async Task A_reader_waits_while_another_one_is_inside_LiteDB()
    {
        await using var home = new SimulatedHome();
        home.Options = home.Options with { CacheBytes = 0 };
        var clients = Enumerable.Range(0, 500).Select(_ => Sample.NewClient()).ToList();
        await using (var filling = await home.OpenAsync())
        {
            await Task.WhenAll(clients.Select(c => filling.AddAsync(c).AsTask()));
        }

        await using var store = home.NewLiteDbStore();
        await store.OpenAsync(CancellationToken.None);
        await store.FindAsync(clients[^1].Id);
        using var inside = new ManualResetEventSlim();
        using var goOn = new ManualResetEventSlim();
        home.Disk.Before = (name, act) =>
        {
            if (name == StoreFiles.Data && act == DiskAct.Read)
            {
                inside.Set();
                goOn.Wait();
            }
        };
        var first = Start(store, clients[100]);
        inside.Wait();

        // All that it needs is in LiteDB's memory: without a lock it would be answered at once.
        var second = Start(store, clients[^1]);
        var answered = second.Join(TimeSpan.FromSeconds(1));
        goOn.Set();
        first.Join();
        second.Join();

        Assert.False(answered);
    }

    private static Thread Start(LiteDbStore store, RegisteredClient client)
    {
        var reader = new Thread(() => GC.KeepAlive(store.FindAsync(client.Id).AsTask())) { IsBackground = true };
        reader.Start();
        return reader;
    }
}
