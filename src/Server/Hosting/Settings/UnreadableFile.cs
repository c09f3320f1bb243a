namespace GrpcDcr.Server.Hosting.Settings;

/// <summary>Says why a file that a setting names cannot be read.</summary>
internal static class UnreadableFile
{
    /// <summary>The reason in words; <see langword="null"/> if the file can be opened.</summary>
    public static string? ReasonOf(string path)
    {
        try
        {
            using var file = File.OpenRead(path);
            return null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            return e is FileNotFoundException or DirectoryNotFoundException ? $"there is no {path}"
                : System.IO.Directory.Exists(path) ? $"{path} is a folder"
                : e is UnauthorizedAccessException ? $"the user {Environment.UserName} may not read {path}"
                : $"{path} cannot be read";
        }
    }
}
