namespace GrpcDcr.TestKit;

/// <summary>The files of this repository.</summary>
internal static class Repository
{
    /// <summary>The folder of the solution, above the one the tests run in.</summary>
    public static string Root { get; } = FolderOf("GrpcDcr.sln", AppContext.BaseDirectory);

    /// <summary>Hand-written C#, relative to <see cref="Root"/>.</summary>
    public static IEnumerable<string> Sources(string folder) => System.IO.Directory
        .EnumerateFiles(Path.Combine(Root, folder), "*.cs", SearchOption.AllDirectories)
        .Select(path => Path.GetRelativePath(Root, path).Replace('\\', '/'))
        .Where(path => !path.Contains("/obj/", StringComparison.Ordinal) && !path.Contains("/bin/", StringComparison.Ordinal));

    private static string FolderOf(string file, string start)
    {
        for (var folder = new DirectoryInfo(start); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, file)))
            {
                return folder.FullName;
            }
        }

        throw new FileNotFoundException("The tests do not run inside the repository.", file);
    }
}
