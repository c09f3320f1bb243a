using System.Reflection;

namespace GrpcDcr.Server.Endpoints.Http;

/// <summary>The version of the program, as the command <c>version</c>, the log and the health endpoints show it.</summary>
internal static class ProgramVersion
{
    public static string Text { get; } =
        typeof(ProgramVersion).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion;
}
