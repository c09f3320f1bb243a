using System.Runtime.CompilerServices;

namespace GrpcDcr.Server.Tests;

/// <summary>The files of this repository.</summary>
internal static class Repository
{
    public static string Root { get; } = Path.GetFullPath(Path.Combine(HereAt(), "../.."));

    /// <summary>Hand-written C#, relative to <see cref="Root"/>.</summary>
    public static IEnumerable<string> Sources(string folder) => Directory
        .EnumerateFiles(Path.Combine(Root, folder), "*.cs", SearchOption.AllDirectories)
        .Select(path => Path.GetRelativePath(Root, path).Replace('\\', '/'))
        .Where(path => !path.Contains("/obj/", StringComparison.Ordinal) && !path.Contains("/bin/", StringComparison.Ordinal));

    private static string HereAt([CallerFilePath] string path = "") => Path.GetDirectoryName(path)!;
}
