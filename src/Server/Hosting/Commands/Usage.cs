namespace GrpcDcr.Server.Hosting.Commands;

/// <summary>The commands and the usage text.</summary>
internal static class Usage
{
    public const string Serve = "serve";
    public const string Help = "help";
    public const string Version = "version";
    public const string CheckConfig = "config check";
    public const string DumpConfig = "config dump";
    public const string Migrate = "migrate";
    public const string Export = "export";
    public const string Import = "import";
    public const string HealthCheck = "healthcheck";
    public const string Doctor = "doctor";

    public const string Text = """
        Usage: GrpcDcr.Server [COMMAND] [--config FILE] [--config-folder FOLDER] [--KEY=VALUE ...]

        Commands:
          serve           runs the service; the default command
          config check    checks the configuration and names every problem
          config dump     shows every setting, its value and its source; secrets are masked
          doctor          checks what the service depends on, and says what is wrong
          migrate         migrates the tables of the store
          export FILE     writes the content of the store to a file
          import FILE     fills an empty store from a file that export wrote
          healthcheck     asks the running service whether it is ready
          version         shows the version
          help            shows this text

        Options:
          --config FILE            a JSON file with settings, read after appsettings.json
          --config-folder FOLDER   a folder with a file for each setting, such as Authentication__Tokens__ops__Token
          --KEY=VALUE              a setting, such as --Storage:LiteDb:Path=/var/lib/grpcdcr

        Settings are also read from the environment, such as Storage__LiteDb__Path=/var/lib/grpcdcr.

        Exit codes: 0 success, 1 failure, 2 invalid arguments, 65 unusable stored data, 78 invalid configuration.
        """;

    public static readonly IReadOnlySet<string> Commands =
        new HashSet<string>(StringComparer.Ordinal)
        {
            Serve, Help, Version, CheckConfig, DumpConfig, Migrate, Export, Import, HealthCheck, Doctor,
        };

    public static bool TakesFile(string command) => command is Export or Import;
}

/// <summary>The arguments are invalid.</summary>
internal sealed class UsageException(string message) : Exception(message);
