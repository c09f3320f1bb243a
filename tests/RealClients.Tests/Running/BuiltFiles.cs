using System.Reflection;

namespace GrpcDcr.RealClients.Tests.Running;

/// <summary>Where the build put what these tests run as processes.</summary>
internal static class BuiltFiles
{
    public static string ServerProgram => PathOf("ServerProgram");

    public static string NodeFolder => PathOf("NodeFolder");

    private static string PathOf(string key) => Path.GetFullPath(
        typeof(BuiltFiles).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(entry => entry.Key == key).Value!);
}
