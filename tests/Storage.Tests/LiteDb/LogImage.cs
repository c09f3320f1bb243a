using GrpcDcr.Server.Model;
using GrpcDcr.Server.Storage.LiteDb;
using GrpcDcr.Storage.Tests.Samples;

namespace GrpcDcr.Storage.Tests.LiteDb;

/// <summary>A store as a killed process leaves it: a dozen clients in the log, a batch each, and none in the data file.</summary>
internal sealed class LogImage
{
    private const int Count = 12;

    private LogImage(SimulatedDisk disk) => (Data, Log) = (disk[StoreFiles.Data], disk[StoreFiles.Log]);

    public byte[] Data { get; }

    public byte[] Log { get; }

    public List<RegisteredClient> Clients { get; } = [.. Enumerable.Range(0, Count).Select(_ => Sample.NewClient())];

    /// <summary>Where the newest batch starts.</summary>
    public int NewestBatch { get; private set; }

    /// <summary>Where the last frame ends.</summary>
    public int End { get; private set; }

    public static async Task<LogImage> MakeAsync()
    {
        await using var home = new SimulatedHome();
        home.Options = home.Options with { CheckpointBytes = 1280 * 1024 };
        await using var store = await home.OpenAsync();
        var image = new LogImage(home.Disk);
        foreach (var client in image.Clients)
        {
            await store.AddAsync(client);
        }

        home.Disk[StoreFiles.Log].CopyTo(image.Log, 0);
        image.Measure();
        return image;
    }

    /// <summary>A disk with this store, its log or data file damaged.</summary>
    public SimulatedDisk Damaged(Func<byte[], byte[]>? log = null, Func<byte[], byte[]>? data = null) => SimulatedDisk.Of(
        (StoreFiles.Log, log is null ? Log : log([.. Log])), (StoreFiles.Data, data is null ? Data : data([.. Data])));

    private void Measure()
    {
        var salt = BitConverter.ToUInt32(Log, 32);
        for (var index = 0; ; index++)
        {
            var offset = (int)WalFrame.OffsetOf(index);
            if (!WalFrame.TryRead(Log.AsSpan(offset), salt, index, out var frame, out _))
            {
                End = offset;
                return;
            }

            NewestBatch = (int)WalFrame.OffsetOf(frame.BatchStart);
        }
    }
}
