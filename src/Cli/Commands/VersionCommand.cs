using System.CommandLine;
using System.Reflection;

namespace GrpcDcr.Cli.Commands;

/// <summary>Prints the version.</summary>
internal static class VersionCommand
{
    /// <summary>Without the commit.</summary>
    private static string Version => typeof(VersionCommand).Assembly
        .GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion.Split('+')[0];

    public static Command Create() => Verb.Of(
        "version", "Prints the version of this program.", _ => Console.Out.WriteLineAsync($"{CommandTree.Name} {Version}"));
}
