using GrpcDcr.Server.Hosting.Settings;

namespace GrpcDcr.Server.Hosting.Commands;

/// <summary>The parsed command line. Unknown arguments are refused.</summary>
/// <param name="Command">One of <see cref="Usage.Commands"/>; <see cref="Usage.Serve"/> if none is named.</param>
/// <param name="File">The file of <c>export</c> and <c>import</c>; <see langword="null"/> for other commands.</param>
/// <param name="Configuration">Where settings come from.</param>
internal sealed record CommandLine(string Command, string? File, ConfigurationArguments Configuration)
{
    private const string ConfigOption = "--config";
    private const string FolderOption = "--config-folder";

    /// <exception cref="UsageException">An argument is invalid.</exception>
    public static CommandLine Parse(IReadOnlyList<string> arguments)
    {
        if (arguments.Any(argument => argument is "--help" or "-h" or "-?"))
        {
            return new CommandLine(Usage.Help, null, ConfigurationArguments.None);
        }

        if (arguments.Contains("--version"))
        {
            return new CommandLine(Usage.Version, null, ConfigurationArguments.None);
        }

        var words = arguments.TakeWhile(argument => !argument.StartsWith('-')).ToList();
        var command = CommandOf(words);
        var files = words.Skip(command.Length == 0 ? 0 : command.Split(' ').Length).ToList();
        var takesFile = Usage.TakesFile(command);
        if (files.Count != (takesFile ? 1 : 0))
        {
            throw new UsageException($"'{command}' takes {(takesFile ? "the name of one file" : "no file")}.");
        }

        return new CommandLine(command, files.SingleOrDefault(), OptionsOf([.. arguments.Skip(words.Count)]));
    }

    private static string CommandOf(List<string> words)
    {
        for (var length = Math.Min(2, words.Count); length > 0; length--)
        {
            var name = string.Join(' ', words.Take(length));
            if (Usage.Commands.Contains(name))
            {
                return name;
            }
        }

        return words.Count == 0 ? Usage.Serve : throw new UsageException($"'{string.Join(' ', words)}' is not a command.");
    }

    private static ConfigurationArguments OptionsOf(List<string> arguments)
    {
        string? file = null, folder = null;
        var settings = new Dictionary<string, string?>(StringComparer.OrdinalIgnoreCase);
        for (var i = 0; i < arguments.Count; i++)
        {
            var argument = arguments[i];
            var equals = argument.IndexOf('=', StringComparison.Ordinal);
            var name = equals < 0 ? argument : argument[..equals];
            if (name.Length < 3 || !name.StartsWith("--", StringComparison.Ordinal))
            {
                throw new UsageException($"'{argument}' is not a valid argument.");
            }

            var value = equals >= 0 ? argument[(equals + 1)..]
                : i + 1 < arguments.Count && !arguments[i + 1].StartsWith("--", StringComparison.Ordinal) ? arguments[++i]
                : throw new UsageException($"'{name}' has no value.");
            switch (name)
            {
                case ConfigOption:
                    file = value;
                    break;
                case FolderOption:
                    folder = value;
                    break;
                default:
                    settings[name[2..]] = value;
                    break;
            }
        }

        return new ConfigurationArguments(file, folder, settings);
    }
}
