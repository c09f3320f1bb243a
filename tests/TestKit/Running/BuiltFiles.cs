using System.Reflection;

namespace GrpcDcr.TestKit.Running;

/// <summary>Where the build put what these tests run as processes.</summary>
internal static class BuiltFiles
{
    public static string ServerProgram => PathOf("ServerProgram");

    private static string PathOf(string key) => Path.GetFullPath(
        typeof(BuiltFiles).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(entry => entry.Key == key).Value!);
}
