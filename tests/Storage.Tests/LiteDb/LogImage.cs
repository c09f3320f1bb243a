using GrpcDcr.Server.Model;
using GrpcDcr.Server.Storage.LiteDb.Files;
using GrpcDcr.Server.Storage.LiteDb.Journal;
using GrpcDcr.Storage.Tests.Samples;

namespace GrpcDcr.Storage.Tests.LiteDb;

/// <summary>A store as a killed process leaves it: a dozen clients in the journal, an entry each, and none in the data file.</summary>
internal sealed class LogImage
{
    private const int Count = 12;

    private readonly SimulatedDisk _disk;

    private LogImage(SimulatedDisk disk, List<RegisteredClient> clients) => (_disk, Clients) = (disk, clients);

    public static string Name => StoreFiles.Journal[0];

    public List<RegisteredClient> Clients { get; }

    /// <summary>Where the newest entry starts.</summary>
    public int NewestEntry { get; private set; }

    /// <summary>Where it ends.</summary>
    public int End { get; private set; }

    public static async Task<LogImage> MakeAsync()
    {
        await using var home = new SimulatedHome();
        home.Options = home.Options with { CheckpointBytes = 1280 * 1024 };
        await using var store = await home.OpenAsync();
        var unused = home.Disk.Copy();
        var clients = Enumerable.Range(0, Count).Select(_ => Sample.NewClient()).ToList();
        foreach (var client in clients)
        {
            await store.AddAsync(client);
        }

        // Nothing else counts: LiteDB may or may not have written some of it meanwhile.
        var image = new LogImage(unused.With(Name, home.Disk[Name]), clients);
        image.Measure();
        return image;
    }

    /// <summary>A disk with this store, one of its files damaged.</summary>
    /// <param name="damage">Absent: it is as it was.</param>
    /// <param name="file">Absent: the journal.</param>
    public SimulatedDisk Damaged(Func<byte[], byte[]>? damage = null, string? file = null) =>
        damage is null ? _disk.Copy() : _disk.With(file ?? Name, damage(_disk[file ?? Name]));

    /// <summary>A disk with this store, one of its files missing.</summary>
    public SimulatedDisk Without(string file) => _disk.Without(file);

    private void Measure()
    {
        var journal = _disk[Name];
        var salt = BitConverter.ToUInt32(journal, 32);
        End = LogHeader.Size;
        while (EntryFrame.TryRead(journal.AsSpan(End), salt, out var frame, out _))
        {
            NewestEntry = End;
            End += (int)frame.Size;
        }
    }
}
