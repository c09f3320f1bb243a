namespace GrpcDcr.Server.Storage.Disk;

/// <summary>Folders that only their owner may enter.</summary>
internal static class PrivateFolder
{
    /// <summary>
    /// Makes the folder, and those above it that are missing. The name of each survives a power loss when this returns. A folder that is
    /// there is left as it is.
    /// </summary>
    public static void Create(string path) => Create(path, DiskSync.Folder);

    /// <param name="path">Of the folder.</param>
    /// <param name="sync">Makes the names in a folder durable. Called with the folder above each one that was made.</param>
    public static void Create(string path, Action<string> sync)
    {
        var full = Path.TrimEndingDirectorySeparator(Path.GetFullPath(path));
        if (System.IO.Directory.Exists(full))
        {
            return;
        }

        var parent = Path.GetDirectoryName(full);
        if (parent is not null)
        {
            Create(parent, sync);
        }

        Make(full);
        if (parent is not null)
        {
            sync(parent);
        }
    }

    private static void Make(string path)
    {
        if (OperatingSystem.IsWindows())
        {
            System.IO.Directory.CreateDirectory(path);
        }
        else
        {
            System.IO.Directory.CreateDirectory(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }
    }
}
