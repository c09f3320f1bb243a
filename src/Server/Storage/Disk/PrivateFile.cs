namespace GrpcDcr.Server.Storage.Disk;

/// <summary>Files that only their owner may read and write.</summary>
internal static class PrivateFile
{
    private const string Unfinished = ".new";

    /// <summary>Creates an empty file for writing. It fails where there is one of that name.</summary>
    public static FileStream Create(string path)
    {
        var options = new FileStreamOptions
        {
            Mode = FileMode.CreateNew,
            Access = FileAccess.Write,
            Share = FileShare.None,
            BufferSize = 0,
        };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        return new FileStream(path, options);
    }

    /// <summary>
    /// Creates a file that appears whole and durable, or not at all. What a crash left of an earlier attempt is deleted. It fails where
    /// there is a file of that name.
    /// </summary>
    /// <param name="path">Of the file.</param>
    /// <param name="write">Writes its content.</param>
    public static void CreateWhole(string path, Action<Stream> write)
    {
        var unfinished = path + Unfinished;
        File.Delete(unfinished);
        using (var stream = Create(unfinished))
        {
            write(stream);
            stream.Flush(flushToDisk: true);
        }

        File.Move(unfinished, path);
        DiskSync.Parent(path);
    }
}
