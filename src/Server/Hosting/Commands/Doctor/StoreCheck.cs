using System.Diagnostics;
using GrpcDcr.Server.Hosting.Settings;
using GrpcDcr.Server.Storage;
using GrpcDcr.Server.Storage.LiteDb.Files;
using GrpcDcr.Server.Storage.Postgres;

namespace GrpcDcr.Server.Hosting.Commands.Doctor;

/// <summary>Whether the store can be used.</summary>
internal static class StoreCheck
{
    /// <summary>Bytes. A million clients need about two gigabytes, and checkpoints need room beside them.</summary>
    private const long LittleSpace = 1L << 30;

    public static Task<Finding[]> FindAsync(ServerSettings settings, CancellationToken cancellationToken) => settings.Storage.Engine switch
    {
        StorageEngine.LiteDb => Task.FromResult(OfFolder(Path.GetFullPath(settings.Storage.LiteDb.Path))),
        StorageEngine.Postgres => OfDatabaseAsync(settings.Storage, cancellationToken),
        _ => throw new UnreachableException($"{settings.Storage.Engine} is no engine."),
    };

    private static Finding[] OfFolder(string folder)
    {
        if (!File.Exists(Path.Combine(folder, StoreFiles.Data)))
        {
            return [Finding.Warning($"there is none in {folder} yet; the service creates it.")];
        }

        var free = new DriveInfo(folder).AvailableFreeSpace;
        var space = free < LittleSpace
            ? Finding.Warning($"the disk of {folder} has {free >> 20} MiB left.")
            : Finding.Good($"the disk of {folder} has {free >> 30} GiB left.");
        return
        [
            DataFolderSettings.ProblemOf(folder) is { } problem
                ? Finding.Failed($"{problem}.")
                : Finding.Good($"{folder} can be written to."),
            space,
        ];
    }

    private static async Task<Finding[]> OfDatabaseAsync(StorageSettings storage, CancellationToken cancellationToken)
    {
        try
        {
            var state = await DatabaseState.OfAsync(storage.Postgres.ToOptions(), TimeProvider.System, cancellationToken);
            return [.. Evaluate(storage.Place(), state)];
        }
        catch (StorageException e)
        {
            return [Finding.Failed($"{storage.Place()}: {e.Message}")];
        }
    }

    internal static IEnumerable<Finding> Evaluate(string place, DatabaseState state)
    {
        yield return state.IsStandby
            ? Finding.Failed($"{place} is a standby, which cannot be written to.")
            : Finding.Good($"{place} answers, version {state.Version}.");
        yield return state.TablesProblem is { } problem ? Finding.Failed(problem) : Finding.Good("the tables are those of this program.");
        if (state.SynchronousCommit.IsWeak)
        {
            yield return Finding.Warning(
                $"synchronous_commit is {state.SynchronousCommit.Value}; the service commits with on, other programs may not.");
        }

        yield return ClockCheck.Evaluate("PostgreSQL", state.ClockDifference);
    }
}
