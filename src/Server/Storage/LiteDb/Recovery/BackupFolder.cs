using GrpcDcr.Server.Storage.Disk;
using GrpcDcr.Server.Storage.LiteDb.Files;

namespace GrpcDcr.Server.Storage.LiteDb.Recovery;

/// <summary>The folder of the backups of a store. A backup has its name once it is complete.</summary>
/// <param name="store">The folder of the store.</param>
/// <param name="otherFiles">Names of files of the folder that are not the engine's and belong in a backup.</param>
internal sealed class BackupFolder(string store, IReadOnlyList<string> otherFiles)
{
    /// <summary>An unfinished backup has this at the start of its name. No name of a backup starts with a dot.</summary>
    private const string Unfinished = ".unfinished-";

    private readonly string _folder = Path.Combine(store, StoreFiles.Backups);

    public bool IsTaken(string name) => Path.Exists(PathOf(name));

    /// <summary>Makes an empty folder for the files of a backup.</summary>
    public string Begin(string name)
    {
        RemoveUnfinished();
        var path = PathOf(Unfinished + name);
        PrivateFolder.Create(path);
        return path;
    }

    /// <summary>Gives a backup its name, durably.</summary>
    /// <returns>The folder.</returns>
    public string Finish(string name)
    {
        var path = PathOf(name);
        System.IO.Directory.Move(PathOf(Unfinished + name), path);
        DiskSync.Folder(_folder);
        return path;
    }

    /// <summary>Deletes what failed, or what a process left that ended halfway.</summary>
    public void RemoveUnfinished()
    {
        if (!System.IO.Directory.Exists(_folder))
        {
            return;
        }

        foreach (var path in System.IO.Directory.GetDirectories(_folder, Unfinished + "*"))
        {
            System.IO.Directory.Delete(path, recursive: true);
        }
    }

    /// <summary>The files that are not the engine's, where they exist.</summary>
    public IEnumerable<(string Name, byte[] Content)> OtherFiles() => otherFiles
        .Select(name => (Name: name, Path: Path.Combine(store, name)))
        .Where(file => File.Exists(file.Path))
        .Select(file => (file.Name, File.ReadAllBytes(file.Path)));

    private string PathOf(string name) => Path.Combine(_folder, name);
}
