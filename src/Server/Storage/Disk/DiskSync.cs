using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace GrpcDcr.Server.Storage.Disk;

/// <summary>
/// Makes what was written survive a power loss. On Linux by <c>fdatasync</c>, which leaves out time stamps and so saves a write of
/// the file system's journal with every commit; .NET offers <c>fsync</c> only.
/// </summary>
internal static partial class DiskSync
{
    private const int ReadOnlyFolder = 0x10000; // O_RDONLY | O_DIRECTORY

    /// <exception cref="IOException">It may or may not be durable. Trying again proves nothing: the page cache may be clean
    /// now.</exception>
    public static void Data(SafeFileHandle file)
    {
        if (!OperatingSystem.IsLinux())
        {
            RandomAccess.FlushToDisk(file);
        }
        else if (FDataSync(file) != 0)
        {
            throw Failure("fdatasync");
        }
    }

    /// <summary>Makes the names in a folder durable. Windows has no such call and needs none.</summary>
    public static void Folder(string path)
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        var descriptor = Open(path, OperatingSystem.IsLinux() ? ReadOnlyFolder : 0);
        if (descriptor < 0)
        {
            throw Failure("open");
        }

        using var folder = new SafeFileHandle(descriptor, ownsHandle: true);
        if (FSync(folder) != 0)
        {
            throw Failure("fsync");
        }
    }

    /// <summary>Makes the name of a file or folder durable, in the folder that it is in.</summary>
    public static void Parent(string path) => Folder(Path.GetDirectoryName(Path.GetFullPath(path))!);

    private static IOException Failure(string call)
    {
        var code = Marshal.GetLastPInvokeError();
        return new IOException($"{call} failed: {Marshal.GetPInvokeErrorMessage(code)}", code);
    }

    [LibraryImport("libc", EntryPoint = "fdatasync", SetLastError = true)]
    private static partial int FDataSync(SafeFileHandle file);

    [LibraryImport("libc", EntryPoint = "fsync", SetLastError = true)]
    private static partial int FSync(SafeFileHandle file);

    [LibraryImport("libc", EntryPoint = "open", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Open(string path, int flags);
}
