namespace GrpcDcr.Cli.Contexts;

/// <summary>Files with credentials: only their owner may read them (mode 0600), and they are replaced as a whole.</summary>
internal static class PrivateFile
{
    private const UnixFileMode Owner = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private const UnixFileMode Others = UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.GroupExecute
        | UnixFileMode.OtherRead | UnixFileMode.OtherWrite | UnixFileMode.OtherExecute;

    private static readonly TimeSpan LockTime = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan LockPause = TimeSpan.FromMilliseconds(50);

    /// <summary>A file of <c>$XDG_CONFIG_HOME/grpcdcr</c>, which is <c>~/.config/grpcdcr</c> by default.</summary>
    public static string InFolder(string name)
    {
        var home = Environment.GetFolderPath(Environment.SpecialFolder.ApplicationData, Environment.SpecialFolderOption.DoNotVerify);
        return home.Length > 0
            ? Path.Combine(home, Commands.CommandTree.Name, name)
            : throw CommandFault.Usage("There is no place for the configuration: set XDG_CONFIG_HOME or HOME.");
    }

    /// <summary>The content; null if there is no file.</summary>
    /// <exception cref="CommandFault">Others may read or write it.</exception>
    public static byte[]? Read(string path)
    {
        if (!File.Exists(path))
        {
            return null;
        }

        return OperatingSystem.IsWindows() || (File.GetUnixFileMode(path) & Others) == 0
            ? File.ReadAllBytes(path)
            : throw CommandFault.Usage($"{path} has credentials, and others may open it. Run: chmod 600 {path}");
    }

    public static void Write(string path, byte[] content)
    {
        MakeFolder(path);
        var next = $"{path}.next";
        File.Delete(next);
        using (var file = new FileStream(next, New()))
        {
            file.Write(content);
            file.Flush(flushToDisk: true);
        }

        File.Move(next, path, overwrite: true);
    }

    /// <summary>Opens a file that does not exist yet, so that a credential that will be issued has a place.</summary>
    /// <exception cref="CommandFault">It exists, or cannot be made.</exception>
    public static FileStream Create(string path)
    {
        try
        {
            return new FileStream(path, New());
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw CommandFault.Usage(File.Exists(path) ? $"{path} exists; name a new file." : $"{path} cannot be made: {e.Message}");
        }
    }

    /// <summary>Waits until no other process changes the file. Ends with disposal, or with the process.</summary>
    public static async Task<IDisposable> LockAsync(string path, CancellationToken stop)
    {
        MakeFolder(path);
        var began = TimeProvider.System.GetTimestamp();
        while (true)
        {
            try
            {
                var options = New();
                options.Mode = FileMode.OpenOrCreate;
                return new FileStream($"{path}.lock", options);
            }
            catch (IOException) when (TimeProvider.System.GetElapsedTime(began) < LockTime)
            {
                await Task.Delay(LockPause, stop);
            }
        }
    }

    private static void MakeFolder(string path)
    {
        var folder = Path.GetDirectoryName(path)!;
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(folder);
        }
        else
        {
            Directory.CreateDirectory(folder, Owner | UnixFileMode.UserExecute);
        }
    }

    private static FileStreamOptions New()
    {
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, Share = FileShare.None };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = Owner;
        }

        return options;
    }
}
