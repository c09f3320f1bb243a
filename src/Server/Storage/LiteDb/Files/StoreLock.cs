namespace GrpcDcr.Server.Storage.LiteDb.Files;

/// <summary>
/// One process at a time. LiteDB takes shared locks only, so two processes could write the same file. The system lets go of the
/// lock when the process ends, however it ends.
/// </summary>
internal sealed class StoreLock : IDisposable
{
    public const string FileName = "LOCK";

    private readonly FileStream _file;

    private StoreLock(FileStream file) => _file = file;

    /// <exception cref="StorageException"><see cref="StorageFailure.InUse"/> when another process, or another store, has it.</exception>
    public static StoreLock Take(string folder)
    {
        var path = Path.Combine(folder, FileName);
        try
        {
            return new StoreLock(new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None));
        }
        catch (IOException e) when (IsTaken(e))
        {
            throw new StorageException(
                StorageFailure.InUse, $"The store in {folder} is in use. Stop the other process, or give this one another folder.", e);
        }
    }

    public void Dispose() => _file.Dispose();

    /// <summary>EAGAIN on Linux, EWOULDBLOCK on macOS, ERROR_SHARING_VIOLATION on Windows.</summary>
    private static bool IsTaken(IOException e) => e.HResult is 11 or 35 or unchecked((int)0x80070020);
}
