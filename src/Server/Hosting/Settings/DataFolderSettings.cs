using GrpcDcr.Server.Storage.Disk;

namespace GrpcDcr.Server.Hosting.Settings;

/// <summary>Checks before the store is opened that the data folder can be used.</summary>
internal static class DataFolderSettings
{
    private const string Key = $"{LiteDbSettings.Section}:{nameof(LiteDbSettings.Path)}";

    /// <summary>Creates the folder if it does not exist.</summary>
    /// <exception cref="SettingsException">The folder cannot be created, or this user may not write to it or to a file in it.</exception>
    public static void Open(SettingsReader reader, LiteDbSettings settings)
    {
        var folder = Path.GetFullPath(settings.Path);
        if (ProblemOf(folder) is { } problem)
        {
            reader.Add(
                Key, settings.Path, $"a folder that the user {Environment.UserName} may create, and write to; {problem}");
        }

        reader.ThrowIfWrong();
    }

    /// <summary>What is wrong with the folder; <see langword="null"/> if nothing is. Creates it if it does not exist.</summary>
    public static string? ProblemOf(string folder)
    {
        try
        {
            PrivateFolder.Create(folder);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return File.Exists(folder) ? $"{folder} is a file" : $"{folder} cannot be created";
        }

        try
        {
            var probe = Path.Combine(folder, $"probe-{Environment.ProcessId}");
            PrivateFile.Create(probe).Dispose();
            File.Delete(probe);
        }
        catch (UnauthorizedAccessException)
        {
            return $"{folder} cannot be written to";
        }
        catch (IOException e)
        {
            // Such as a full disk.
            return $"{folder} cannot be written to: {e.Message.TrimEnd('.')}";
        }

        return System.IO.Directory.EnumerateFiles(folder).FirstOrDefault(IsDenied) is { } file ? $"{file} cannot be written to" : null;
    }

    /// <summary>A file of another user, such as one that a command made as root.</summary>
    private static bool IsDenied(string file)
    {
        try
        {
            using var stream = new FileStream(file, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite | FileShare.Delete);
            return false;
        }
        catch (UnauthorizedAccessException)
        {
            return true;
        }
        catch (IOException)
        {
            // Another process has it, or has just removed it.
            return false;
        }
    }
}
