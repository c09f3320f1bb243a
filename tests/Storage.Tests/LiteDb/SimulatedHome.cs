using GrpcDcr.Server.Storage;
using GrpcDcr.Server.Storage.LiteDb;
using GrpcDcr.Server.Storage.LiteDb.Files;
using GrpcDcr.Storage.Tests.Contract;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace GrpcDcr.Storage.Tests.LiteDb;

/// <summary>A store on a simulated disk, which a test may exchange between two openings; only the lock is in a real folder.</summary>
internal sealed class SimulatedHome : StoreHome
{
    public SimulatedDisk Disk { get; set; } = new();

    /// <summary>Moves the writer's ticks.</summary>
    public FakeTimeProvider Time { get; } = new();

    public LiteDbOptions Options { get; set; } = new(System.IO.Directory.CreateTempSubdirectory("grpcdcr-").FullName)
    {
        CacheBytes = 64 * 1024,
        CheckpointBytes = 256 * 1024,
    };

    public override IRegistrationStore NewStore() => NewLiteDbStore();

    public LiteDbStore NewLiteDbStore() => new(Options, Time, NullLogger.Instance, Disk);

    /// <summary>Two seconds in which nothing is written: the store makes a checkpoint.</summary>
    public void LetIdle()
    {
        Time.Advance(TimeSpan.FromSeconds(1));
        Time.Advance(TimeSpan.FromSeconds(1));
    }

    public override ValueTask DisposeAsync()
    {
        System.IO.Directory.Delete(Options.Folder, recursive: true);
        return ValueTask.CompletedTask;
    }
}
