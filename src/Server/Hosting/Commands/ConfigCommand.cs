using GrpcDcr.Server.Hosting.Settings;

namespace GrpcDcr.Server.Hosting.Commands;

/// <summary><c>config check</c> and <c>config dump</c>.</summary>
internal static class ConfigCommand
{
    /// <exception cref="SettingsException">Has every problem.</exception>
    public static async Task CheckAsync(ServerConfiguration configuration, TextWriter output)
    {
        var problems = new List<string>();
        var sources = configuration.Read(problems);
        ServerSettings.Read(sources, problems);
        await output.WriteLineAsync("The configuration is acceptable.");
    }

    /// <summary>Shows the configuration, even if it is not acceptable.</summary>
    public static async Task DumpAsync(ServerConfiguration configuration, TextWriter output)
    {
        foreach (var line in ConfigurationDump.Lines(configuration.Read([])))
        {
            await output.WriteLineAsync(line);
        }
    }
}
