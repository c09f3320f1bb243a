using GrpcDcr.Server.Storage;
using GrpcDcr.Server.Storage.LiteDb;
using GrpcDcr.Server.Storage.LiteDb.Files;
using GrpcDcr.Storage.Tests.Contract;
using Microsoft.Extensions.Logging.Abstractions;

namespace GrpcDcr.Storage.Tests.LiteDb;

/// <summary>A folder on the disk. The cache is too small for most clients, so that LiteDB is asked.</summary>
internal sealed class LiteDbHome(string folder) : StoreHome
{
    public LiteDbHome()
        : this(System.IO.Directory.CreateTempSubdirectory("grpcdcr-").FullName)
    {
    }

    public LiteDbOptions Options { get; } = new(folder) { CacheBytes = 256 * 1024, CheckpointBytes = 1024 * 1024 };

    public string Folder => folder;

    public override IRegistrationStore NewStore() => new LiteDbStore(Options, TimeProvider.System, NullLogger.Instance);

    public override ValueTask DisposeAsync()
    {
        System.IO.Directory.Delete(Folder, recursive: true);
        return ValueTask.CompletedTask;
    }
}
